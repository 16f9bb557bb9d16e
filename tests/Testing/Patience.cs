namespace DaprSocial.Testing;

/// <summary>How long a test waits, in real time, for what must happen: a hang fails, it never blocks the run.</summary>
public static class Patience
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    /// <summary>The task, or a TimeoutException when it takes too long.</summary>
    public static Task InTimeAsync(this Task task) => task.WaitAsync(_limit);

    /// <summary>The task, or a TimeoutException when it takes too long.</summary>
    public static Task<T> InTimeAsync<T>(this Task<T> task) => task.WaitAsync(_limit);
}
