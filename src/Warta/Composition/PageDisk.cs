namespace Warta.Composition;
public sealed class PageDisk(string folder, long maxBytes, Action<string> warn) : IDisposable
{
    public int Count => 0; public long Bytes => 0; public bool IsOff => maxBytes == 0;
    public bool TryRead(UInt128 key, out byte[] payload) { payload = []; return folder == warn.ToString(); }
    public void Write(UInt128 key, ReadOnlySpan<ulong> tags, ReadOnlySpan<byte> payload) { }
    public int Erase(ulong tag) => 0;
    public void Dispose() { }
}
