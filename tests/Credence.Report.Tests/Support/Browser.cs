using Microsoft.Playwright;

namespace Credence.Report.Tests.Support;

/// <summary>A headless Chromium that is on the machine; tests that need it are skipped, saying so, where there is none.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Places =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

    private IPlaywright? playwright;
    private IBrowser? browser;
    private string? reason;

    public async ValueTask InitializeAsync()
    {
        string? path = Environment.GetEnvironmentVariable("CREDENCE_CHROMIUM") ?? Array.Find(Places, File.Exists);
        if (path is null)
        {
            reason = "No Chromium is installed; set CREDENCE_CHROMIUM to one.";
            return;
        }

        try
        {
            playwright = await Playwright.CreateAsync();
            browser = await playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = path,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            });
        }
        catch (PlaywrightException error)
        {
            reason = $"{path} does not start: {error.Message}";
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();

        playwright?.Dispose();
    }

    /// <summary>Opens a page of that width; what its console says is added to the list.</summary>
    public async Task<IPage> Open(string html, int width, bool dark, List<string> console)
    {
        Assert.SkipWhen(browser is null, reason ?? "");
        IPage page = await browser!.NewPageAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            BypassCSP = false,
            Offline = true,
        });
        page.Console += (_, message) => console.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => console.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file:", StringComparison.Ordinal))
                console.Add("asks for " + request.Url);
        };
        string file = Path.Combine(Directory.CreateTempSubdirectory("credence-page-").FullName, "report.html");
        await File.WriteAllTextAsync(file, html);
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        return page;
    }
}
