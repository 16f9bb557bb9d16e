namespace DaprSocial.Testing.Peers;

/// <summary>Debian's Chromium without a window, with a profile of its own that is empty at first.</summary>
public static class Browser
{
    // It takes seconds to start, and a busy machine makes many of them.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);

    /// <summary>Opens a page and waits for what it has to say.</summary>
    /// <param name="page">A page whose script defines <c>report</c>, a promise of lines.</param>
    /// <returns>The lines.</returns>
    /// <exception cref="InvalidOperationException">
    /// Something is not installed, or the page has failed; the message says what.
    /// </exception>
    public static async Task<IReadOnlyList<string>> ReadReportAsync(Uri page)
    {
        var chromium = DebianProgram.Require("/usr/bin/chromium", "chromium");
        using var driver = await NodeProgram.InstallAsync("tests/Testing/Peers/browser");
        return await PeerProcess.RunAsync(driver.Folder, _patience, "node", "open.mjs", chromium, page.AbsoluteUri);
    }
}
