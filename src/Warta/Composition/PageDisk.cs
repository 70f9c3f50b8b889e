namespace Warta.Composition;

/// <summary>
/// The page store's disk: pages that left the memory, or that a restart should find. Records are only ever appended, to files of at most 64 MB; when the folder is full the
/// oldest file goes whole. It is a cache: a write isn't flushed, a damaged record is a page that isn't there, and a disk that fails costs renderings, never an answer.
/// Erasing alone is certain.
/// </summary>
public sealed class PageDisk : IDisposable
{
    private readonly string _folder;
    private readonly long _maxBytes, _fileBytes;
    private readonly Action<string> _warn;

    // Writers take the first and then, for a moment, the second; readers only the second.
    private readonly Lock _writing = new(), _lock = new();
    private readonly PlaceTable _places = new();
    private readonly SortedList<long, PageFile> _files = [];
    private PageFile? _last;
    private long _number, _bytes;
    private int _count, _saidDamaged;
    private bool _fails, _isClosed;

    /// <param name="folder">Of no other process.</param>
    /// <param name="maxBytes">0 keeps nothing, and deletes what was kept.</param>
    /// <param name="warn">Hears, in a sentence, what a person should look after.</param>
    public PageDisk(string folder, long maxBytes, Action<string> warn)
    {
        (_folder, _maxBytes, _warn) = (folder, maxBytes, warn);
        // Small folders have small files, so that not too much goes with the oldest one.
        _fileBytes = Math.Min(maxBytes / 8, PageFile.MostBytes);
        Try(Open);
    }

    /// <summary>Pages that may be found.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Of all the files in the folder.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);
    public bool IsOff => _maxBytes == 0;

    public bool TryRead(UInt128 key, out byte[] payload)
    {
        payload = [];
        if (Find(key) is not var (file, place)) return false;
        try
        {
            if (file.Read(place, key) is { } found)
            {
                payload = found;
                return true;
            }
        }
        catch (PageDamagedException e)
        {
            // Erased while it was being read, it only looks damaged.
            if (Forget(key, place) && Interlocked.Exchange(ref _saidDamaged, 1) == 0) _warn($"A kept page is damaged: {e.Message}. It is made again, and so is any other such page; look after the disk.");
        }
        catch (ObjectDisposedException)
        {
            // Its file has just been dropped.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(e);
        }

        return false;
    }

    /// <summary>The newest of a key wins.</summary>
    /// <param name="tags">By which it can be erased.</param>
    public void Write(UInt128 key, ReadOnlySpan<ulong> tags, ReadOnlySpan<byte> payload)
    {
        var length = PageRecord.LengthOf(tags.Length, payload.Length);
        // Nothing but zeros is what erasing leaves.
        if (length > _fileBytes || !payload.ContainsAnyExcept((byte)0)) return;
        lock (_writing)
        {
            if (_isClosed) return;
            try
            {
                if (_last is null || _last.Length + length > _fileBytes) Begin();
                MakeRoom(length);
                var place = _last!.Append(key, tags, payload);
                Grow(length);
                Note(new Place((ulong)key, place));
                _fails = false;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Fail(e);
            }
        }
    }

    /// <summary>Overwrites every record with a tag, old versions too. When it returns, that is so on the disk.</summary>
    /// <returns>The records that had the tag, whether or not there was anything left to overwrite.</returns>
    public int Erase(ulong tag)
    {
        var erased = 0;
        lock (_writing)
        {
            foreach (var file in _files.Values.ToArray())
            {
                try
                {
                    erased += file.Erase(tag, (key, place) => Forget(key, place));
                }
                catch (PageDamagedException)
                {
                    // Which of its records have the tag can't be told any more.
                    EraseWhole(file);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    EraseWhole(file);
                }
            }
        }

        return erased;
    }

    /// <summary>Seals the last file, so that the next start need not read it.</summary>
    public void Dispose()
    {
        lock (_writing)
        {
            if (_isClosed) return;
            _isClosed = true;
            Try(Seal);
            lock (_lock)
            {
                foreach (var file in _files.Values) file.Dispose();
                _files.Clear();
                (_count, _last) = (0, null);
            }
        }
    }

    private void Open()
    {
        if (IsOff && !Directory.Exists(_folder)) return;
        Directory.CreateDirectory(_folder);
        foreach (var stray in PageFile.Strays(_folder, IsOff)) File.Delete(stray);
        var numbers = PageFile.Numbers(_folder);
        _number = numbers.LastOrDefault();
        foreach (var number in numbers) Open(number, isLast: number == numbers[^1]);
        MakeRoom(0);
    }

    private void Open(long number, bool isLast)
    {
        var file = new PageFile(_folder, number);
        IReadOnlyList<Place> places;
        try
        {
            places = file.Open(isLast);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What can't be read can't be erased either, so it mustn't stay.
            file.Delete();
            Fail(e);
            return;
        }

        if (file.Length == 0)
        {
            file.Delete();
            return;
        }

        lock (_lock) _files.Add(number, file);
        Grow(file.Length + file.IndexLength);
        foreach (var place in places) Note(place);
        if (isLast) _last = file;
    }

    private void Begin()
    {
        Seal();
        Directory.CreateDirectory(_folder);
        var file = new PageFile(_folder, _number + 1);
        file.Create();
        _number++;
        lock (_lock) _files.Add(_number, file);
        _last = file;
    }

    private void Seal()
    {
        if (_last is null) return;
        MakeRoom(_last.IndexLengthWhenSealed);
        _last.Seal();
        Grow(_last.IndexLength);
        _last = null;
    }

    private void MakeRoom(long bytes)
    {
        while (_bytes + bytes > _maxBytes && _files.Count > 0 && _files.Values[0] != _last) Drop(_files.Values[0]);
    }

    private void Drop(PageFile file)
    {
        file.Delete();
        Grow(-file.Length - file.IndexLength);
        if (_last == file) _last = null;
        lock (_lock)
        {
            _files.Remove(file.Number);
            _count -= file.Live;
        }
    }

    private void EraseWhole(PageFile file)
    {
        try
        {
            file.Overwrite();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _warn($"What had to be erased for ever could not be overwritten in {file.Path}: {e.Message} The file is deleted; its words may still lie on the disk's free space.");
        }

        try
        {
            Drop(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _warn($"{file.Path} holds words that had to be erased for ever, and can't be deleted: {e.Message} Delete it by hand, and start warta again.");
        }
    }

    private (PageFile File, ulong Place)? Find(UInt128 key)
    {
        lock (_lock)
        {
            var place = _places.Find((ulong)key);
            return _files.TryGetValue(PageFile.NumberOf(place), out var file) ? (file, place) : null;
        }
    }

    private void Note(Place place)
    {
        lock (_lock)
        {
            var oldest = _files.Count > 0 ? _files.Keys[0] : 0;
            var before = _places.Set(place, PageFile.FirstPlaceOf(oldest));
            if (_files.TryGetValue(PageFile.NumberOf(before), out var file)) (file.Live, _count) = (file.Live - 1, _count - 1);
            _files[PageFile.NumberOf(place.At)].Live++;
            _count++;
        }
    }

    private bool Forget(UInt128 key, ulong at)
    {
        lock (_lock)
        {
            if (!_places.Remove(new Place((ulong)key, at))) return false;
            if (_files.TryGetValue(PageFile.NumberOf(at), out var file)) (file.Live, _count) = (file.Live - 1, _count - 1);
            return true;
        }
    }

    private void Grow(long bytes) => Interlocked.Add(ref _bytes, bytes);

    private void Try(Action act)
    {
        try
        {
            act();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(e);
        }
    }

    // Once, and again only after it worked meanwhile: a full disk fails at every page.
    private void Fail(Exception e)
    {
        if (!_fails) _warn($"Pages can't be kept in {_folder}: {e.Message} They are made when they are asked for. Make room there, or see who may write there.");
        _fails = true;
    }
}
