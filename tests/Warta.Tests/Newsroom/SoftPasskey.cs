using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Warta.Newsroom;

/// <summary>A security key in software: what a browser and a device make together of a question, as WebAuthn level 3 has it (ES256, attestation "none").</summary>
internal sealed class SoftPasskey(Uri site) : IDisposable
{
    private const byte Present = 1, Verified = 4, HasKey = 64;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(16);
    private int _count;

    /// <summary>Whether it asks who holds it.</summary>
    public bool Verifies { get; set; } = true;

    /// <summary>Where the browser says that it is.</summary>
    public string Origin { get; set; } = site.GetLeftPart(UriPartial.Authority);

    /// <summary>Whom the credential belongs to.</summary>
    public string User { get; private set; } = "";

    public string Create(JsonElement options)
    {
        User = options.GetProperty("user").GetProperty("id").GetString()!;
        var point = _key.ExportParameters(false).Q;
        byte[] data =
        [
            .. Data(HasKey), .. new byte[16], 0, (byte)_id.Length, .. _id,
            // A CBOR map of five: key type EC2, algorithm ES256, curve P-256, x, y.
            0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!,
        ];
        return Credential(new()
        {
            ["clientDataJSON"] = Text(Client("webauthn.create", options)),
            ["attestationObject"] = Text([0xA3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xA0, 0x68, .. "authData"u8, 0x58, (byte)data.Length, .. data]),
        });
    }

    public string Sign(JsonElement options)
    {
        _count++;
        var (data, client) = (Data(0), Client("webauthn.get", options));
        return Credential(new()
        {
            ["clientDataJSON"] = Text(client),
            ["authenticatorData"] = Text(data),
            ["signature"] = Text(_key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
            ["userHandle"] = User,
        });
    }

    public void Dispose() => _key.Dispose();

    private byte[] Data(byte flags) => [.. SHA256.HashData(Encoding.UTF8.GetBytes(site.Host)), (byte)(flags | Present | (Verifies ? Verified : 0)), 0, 0, 0, (byte)_count];

    private byte[] Client(string type, JsonElement options) => JsonSerializer.SerializeToUtf8Bytes(new { type, challenge = options.GetProperty("challenge").GetString(), origin = Origin, crossOrigin = false });

    private string Credential(Dictionary<string, string> response) => JsonSerializer.Serialize(new { id = Text(_id), rawId = Text(_id), type = "public-key", response, clientExtensionResults = new { } });

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
