using Spectre.Console;

namespace Credence.Cli.Output;

/// <summary>Standard output for a person: tables that fit the terminal, colours only at a terminal.</summary>
internal static class Screen
{
    /// <summary>A console on standard output; without colours where it is redirected or NO_COLOR is set.</summary>
    public static Display Create(TextWriter to, bool terminal)
    {
        bool colours = terminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") != "dumb";
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(to),
            Ansi = colours ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = colours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        if (!terminal)
            console.Profile.Width = 120;

        return new Display(console);
    }

    /// <summary>A table without borders except the line under its head.</summary>
    /// <param name="columns">The heads; one that begins with '&gt;' is aligned right.</param>
    public static Table Table(params ReadOnlySpan<string> columns)
    {
        var table = new Table { Border = TableBorder.Simple, ShowRowSeparators = false };
        foreach (string head in columns)
        {
            bool right = head.StartsWith('>');
            var column = new TableColumn(new Text(ShownText.Of(right ? head[1..] : head))) { NoWrap = right };
            table.AddColumn(right ? column.RightAligned() : column);
        }

        return table;
    }

    /// <summary>Adds a row of plain texts, which are never parsed as markup.</summary>
    public static void AddPlain(this Table table, params ReadOnlySpan<string> cells)
    {
        var texts = new Text[cells.Length];
        for (int i = 0; i < cells.Length; i++)
            texts[i] = new Text(ShownText.Of(cells[i]));

        table.AddRow(texts);
    }
}
