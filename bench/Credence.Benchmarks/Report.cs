using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;
using Credence.Data;

namespace Credence.Benchmarks;

/// <summary>A table of figures in Markdown, printed as it grows and written to bench/results/CPU/NAME.md.</summary>
internal sealed class Report
{
    private readonly string name;
    private readonly StringBuilder text = new();

    /// <summary>Starts a table whose first column is what was measured and whose last is ours divided by the fastest peer.</summary>
    public Report(string name, string subject, params string[] columns)
        : this(name, subject, columns, "ours / fastest peer")
    {
    }

    /// <summary>Starts a table whose first column is what was measured and whose last is a ratio of the given name.</summary>
    public Report(string name, string subject, string[] columns, string ratio)
    {
        this.name = name;
        Line($"# {name}");
        Line("");
        Line($"{Cpu()}, {Width()} bits, .NET {Environment.Version}; medians of rounds in which all take turns.");
        foreach (string package in Packages())
            Line($"- {package}");
        Line("");
        Heads([subject, .. columns, ratio]);
    }

    private Report(string name) => this.name = name;

    /// <summary>Starts a table that is no race: a study, said in a sentence.</summary>
    public static Report OfStudy(string name, string sentence, params string[] columns)
    {
        var report = new Report(name);
        report.Line($"# {name}");
        report.Table($"{sentence} {Cpu()}, {Width()} bits, .NET {Environment.Version}.", columns);
        return report;
    }

    /// <summary>Starts a further table below, after a sentence on it.</summary>
    public void Table(string sentence, params string[] columns)
    {
        Note(sentence);
        Line("");
        Heads(columns);
    }

    /// <summary>Adds a row of texts.</summary>
    public void Row(params IEnumerable<string> cells) => Line($"| {string.Join(" | ", cells)} |");

    /// <summary>Adds a row.</summary>
    public void Row(string subject, IEnumerable<double> figures, double ratio) =>
        Line($"| {subject} | {string.Join(" | ", figures.Select(f => f.ToString("G3")))} | {ratio:F2} |");

    /// <summary>Adds a paragraph below the table.</summary>
    public void Note(string note)
    {
        Line("");
        Line(note);
    }

    /// <summary>Writes the file, if the repository's bench folder is found above the program.</summary>
    public void Write()
    {
        if (Repository.Folder() is not { } folder)
            return;

        string target = Path.Combine(folder, "bench", "results", $"{Slug(Cpu())}-{Width()}");
        Directory.CreateDirectory(target);
        File.WriteAllText(Path.Combine(target, name + ".md"), text.ToString());
    }

    private static int Width() => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    private static string Cpu()
    {
        if (!X86Base.IsSupported)
            return RuntimeInformation.ProcessArchitecture.ToString();

        (_, int signature, _, _) = (0, X86Base.CpuId(1, 0).Eax, 0, 0);
        int family = ((signature >> 8) & 15) + ((signature >> 20) & 255), model = ((signature >> 4) & 15) | ((signature >> 12) & 0xF0);
        Span<int> vendor = stackalloc int[3];
        (_, vendor[0], vendor[2], vendor[1]) = X86Base.CpuId(0, 0);
        return $"{Encoding.ASCII.GetString(MemoryMarshal.AsBytes(vendor))} family {family} model {model}";
    }

    private static string Slug(string cpu) => string.Concat(cpu.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-'));

    private static IEnumerable<string> Packages() =>
        AppDomain.CurrentDomain.GetAssemblies()
            .Concat([typeof(Microsoft.ML.OnnxRuntime.InferenceSession).Assembly, typeof(System.Numerics.Tensors.TensorPrimitives).Assembly])
            .Where(a => a.GetName().Name is "Microsoft.ML.OnnxRuntime" or "System.Numerics.Tensors").Distinct()
            .Select(a => $"{a.GetName().Name} {a.GetName().Version}");

    private void Heads(string[] columns)
    {
        Line($"| {string.Join(" | ", columns)} |");
        Line($"|---|{string.Concat(Enumerable.Repeat("---:|", columns.Length - 1))}");
    }

    private void Line(string line)
    {
        Console.WriteLine(line);
        text.AppendLine(line);
    }
}
