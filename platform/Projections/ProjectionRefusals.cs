using System.Globalization;
using DaprSocial.Errors;
using DaprSocial.Errors.V1;

namespace DaprSocial.Projections;

/// <summary>Why a command to a projection is refused.</summary>
internal static class ProjectionRefusals
{
    public static ServiceException Busy() =>
        new(ErrorReason.ProjectionBusy, "Another rebuild of this projection runs. Wait for it to end.");

    public static ServiceException NoVersion(int version) => WrongState(version, $"There is no version {version}.");

    /// <summary>The version is in another state than the command asks for.</summary>
    public static ServiceException WrongState(int version, string message) =>
        new(
            ErrorReason.ProjectionState, message,
            new Dictionary<string, string> { ["version"] = version.ToString(CultureInfo.InvariantCulture) });

    public static ServiceException NotParked(StreamKey key, long? version) =>
        new(
            ErrorReason.ProjectionState,
            version is null
                ? $"The stream {key.Stream} of {key.Topic} is not parked."
                : $"The stream {key.Stream} of {key.Topic} is not parked at version {version}.",
            new Dictionary<string, string> { ["topic"] = key.Topic, ["stream"] = key.Stream.ToString("D") });
}
