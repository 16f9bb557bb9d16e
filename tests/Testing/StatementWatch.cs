using Microsoft.Extensions.Logging;

namespace DaprSocial.Testing;

/// <summary>Tells a test when Npgsql runs a statement; give it to a data source as its logger factory.</summary>
public sealed class StatementWatch : ILoggerFactory, ILogger
{
    private const string Starting = "Executing command";
    private const string Ended = "Command execution completed";

    private readonly Lock _gate = new();
    private readonly List<(string Start, string Part, TaskCompletionSource Seen)> _watchers = [];

    /// <summary>Completes when the next statement that contains a text is about to run.</summary>
    public Task NextAsync(string part) => WatchAsync(Starting, part);

    /// <summary>Completes when the next statement that contains a text has run.</summary>
    public Task NextEndAsync(string part) => WatchAsync(Ended, part);

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc />
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    /// <inheritdoc />
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc />
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc />
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        var text = formatter(state, exception);
        lock (_gate)
        {
            foreach (var watcher in _watchers.Where(watcher => text.StartsWith(watcher.Start, StringComparison.Ordinal)
                && text.Contains(watcher.Part, StringComparison.Ordinal)))
            {
                watcher.Seen.TrySetResult();
            }

            _watchers.RemoveAll(watcher => watcher.Seen.Task.IsCompleted);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
    }

    private Task WatchAsync(string start, string part)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
            _watchers.Add((start, part, seen));
        return seen.Task;
    }
}
