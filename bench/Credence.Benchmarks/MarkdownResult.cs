using System.Text;

namespace Credence.Benchmarks;

/// <summary>Figures that do not depend on the machine, printed as they come and written to bench/results/NAME.md.</summary>
internal sealed class MarkdownResult(string name)
{
    private readonly StringBuilder text = new();

    /// <summary>Adds a line.</summary>
    public void Line(string line = "")
    {
        Console.WriteLine(line);
        text.Append(line).Append('\n');
    }

    /// <summary>Writes the file, where the repository is found.</summary>
    public void Write()
    {
        if (Repository.Folder() is not { } folder)
            return;

        string results = Path.Combine(folder, "bench", "results");
        Directory.CreateDirectory(results);
        File.WriteAllText(Path.Combine(results, name + ".md"), text.ToString());
    }
}
