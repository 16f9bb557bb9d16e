using System.Text.Json;
using System.Text.Json.Serialization;

namespace DaprSocial.Load.Input;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, AllowTrailingCommas = false)]
[JsonSerializable(typeof(PostLine))]
internal sealed partial class PostLineJsonContext : JsonSerializerContext;
