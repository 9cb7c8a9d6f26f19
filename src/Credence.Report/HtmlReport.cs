using Credence.Persistence;
using Credence.Report.Page;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Credence.Report;

/// <summary>Writes a report as one HTML file that is self-contained: no network, no script, light and dark, on screen and on
/// paper.</summary>
public static class HtmlReport
{
    /// <summary>Writes the report. Its size is bounded whatever the number of rows, classes and features.</summary>
    /// <param name="model">The content.</param>
    /// <param name="writer">The output; it is not closed.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    public static async Task WriteAsync(ReportModel model, TextWriter writer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await using ServiceProvider services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        string page = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(ReportPage.Model)] = model });
            return (await renderer.RenderComponentAsync<ReportPage>(parameters)).ToHtmlString();
        });
        cancellationToken.ThrowIfCancellationRequested();
        await writer.WriteAsync(page.AsMemory(), cancellationToken);
    }

    /// <summary>Writes the report as UTF-8.</summary>
    /// <param name="model">The content.</param>
    /// <param name="stream">The output; it is not closed.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    public static async Task WriteAsync(ReportModel model, Stream stream, CancellationToken cancellationToken = default)
    {
        await using var writer = new StreamWriter(stream, leaveOpen: true);
        await WriteAsync(model, writer, cancellationToken);
    }

    /// <summary>Writes the report to a file, whole or not at all.</summary>
    /// <param name="model">The content.</param>
    /// <param name="path">The file; it is overwritten.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    /// <exception cref="IOException">The file can't be written; an existing one is unchanged.</exception>
    public static void Write(ReportModel model, string path, CancellationToken cancellationToken = default)
    {
        using PendingFile file = Prepare(model, path, cancellationToken);
        file.Publish();
    }

    /// <summary>Writes the report to a file that gets its name later.</summary>
    /// <param name="model">The content.</param>
    /// <param name="path">The file that it will overwrite.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    public static PendingFile Prepare(ReportModel model, string path, CancellationToken cancellationToken = default) =>
        WholeFile.Prepare(path, stream => WriteAsync(model, stream, cancellationToken).GetAwaiter().GetResult());
}
