using System.Text.Json;
using System.Text.Json.Serialization;

namespace DaprSocial.Ctl.Mesh;

/// <summary>
/// Reads and writes <c>mesh.json</c>. The lock beside it decides who may run; the file only tells about him.
/// </summary>
internal sealed class MeshStateFile(string dataDirectory)
{
    private static readonly JsonSerializerOptions _json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public string Path { get; } = System.IO.Path.Combine(dataDirectory, "mesh.json");

    public string LockPath { get; } = System.IO.Path.Combine(dataDirectory, "mesh.lock");

    /// <returns>The mesh that runs now; null when none does, whatever a killed one has left in the file.</returns>
    public MeshState? FindRunning() => Read() is { } state && state.Process.IsAlive ? state : null;

    /// <returns>Null when there is no file, or not one of ours.</returns>
    public MeshState? Read()
    {
        try
        {
            return JsonSerializer.Deserialize<MeshState>(File.ReadAllText(Path), _json);
        }
        catch (Exception e) when (e is FileNotFoundException or JsonException)
        {
            return null;
        }
    }

    public void Write(MeshState state)
    {
        // Renamed when whole: a reader never sees half of it.
        var unfinished = Path + ".new";
        File.WriteAllText(unfinished, JsonSerializer.Serialize(state, _json));
        File.Move(unfinished, Path, overwrite: true);
    }

    public void Delete() => File.Delete(Path);
}
