using System.Text.Json;

namespace DaprSocial.Ctl.Verification;

/// <summary><c>verify.json</c> in the data folder: the last verification, for other commands to read.</summary>
internal sealed class VerifyStateFile(string dataDirectory)
{
    private static readonly JsonSerializerOptions _json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private readonly string _path = Path.Combine(dataDirectory, "verify.json");

    /// <returns>Null when there was none, or it cannot be read.</returns>
    public VerifyState? Read()
    {
        try
        {
            return JsonSerializer.Deserialize<VerifyState>(File.ReadAllText(_path), _json);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>In one step, so that nobody reads half of it.</summary>
    public void Write(VerifyState state)
    {
        var temporary = _path + ".new";
        File.WriteAllText(temporary, JsonSerializer.Serialize(state, _json));
        File.Move(temporary, _path, overwrite: true);
    }

    public void Delete() => File.Delete(_path);
}
