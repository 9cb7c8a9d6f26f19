using Spectre.Console;

namespace Credence.Cli.Output;

/// <summary>A screen for text that holds names out of data: they are shown by <see cref="ShownText"/>, and are never markup.</summary>
internal sealed class Display(IAnsiConsole console)
{
    /// <summary>Writes a line, wrapped to the screen.</summary>
    public void WriteLine(string text) => console.WriteLine(ShownText.Of(text));

    /// <summary>Writes a table of <see cref="Screen"/>.</summary>
    public void Write(Table table) => console.Write(table);
}
