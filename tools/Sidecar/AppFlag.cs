using System.CommandLine.Parsing;
using System.Globalization;

namespace DaprSocial.Sidecar;

/// <summary>Reads the --app flag of the command line.</summary>
internal static class AppFlag
{
    /// <summary>Reads ID:APPPORT:GRPCPORT:HTTPPORT, such as users:5101:5201:5301 or edge::5209:5309.</summary>
    public static SidecarOptions Parse(string text, ArgumentResult argument)
    {
        if (text.Split(':') is [{ Length: > 0 } appId, var app, var grpc, var http]
            && (app.Length == 0 || IsPort(app)) && IsPort(grpc) && IsPort(http))
        {
            return new SidecarOptions
            {
                AppId = appId,
                AppPort = app.Length == 0 ? null : Port(app),
                GrpcPort = Port(grpc),
                HttpPort = Port(http),
            };
        }

        argument.AddError($"--app {text} is not ID:APPPORT:GRPCPORT:HTTPPORT");
        return new SidecarOptions { AppId = text };
    }

    private static bool IsPort(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static int Port(string text) => ushort.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
