using System.Globalization;
using System.Net;
using DaprSocial.EchoServer;
using Microsoft.AspNetCore.Server.Kestrel.Core;

// DaprSocial.EchoServer KIND PORT: "grpc" is the official gRPC server, "raw" Kestrel alone with the same bytes. Prints
// "ready" when it listens, and ends with its standard input.
var (kind, port) = (args[0], int.Parse(args[1], CultureInfo.InvariantCulture));
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;
    kestrel.Listen(IPAddress.Loopback, port, listener => listener.Protocols = HttpProtocols.Http2);
});
builder.Services.AddGrpc();
await using var app = builder.Build();
if (kind == "grpc")
    app.MapGrpcService<EchoService>();
else
    app.MapPost("/{service}/{method}", RawEcho.AnswerAsync);
await app.StartAsync();
Console.WriteLine("ready");
await Console.In.ReadToEndAsync();
await app.StopAsync();
