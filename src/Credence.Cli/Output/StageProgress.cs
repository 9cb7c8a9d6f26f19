using System.Diagnostics;
using System.Globalization;
using Credence.Workflows;

namespace Credence.Cli.Output;

/// <summary>Shows progress on standard error: one live line with a bar and the time left at a terminal, one plain line
/// per stage otherwise, nothing when quiet.</summary>
internal sealed class StageProgress(TextWriter error, bool live, bool quiet) : IProgress<WorkflowProgress>
{
    private const int BarWidth = 24;
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);
    private readonly Lock gate = new();
    private readonly Stopwatch sinceDrawn = new();
    private readonly Stopwatch inStage = new();
    private readonly HashSet<string> said = new(StringComparer.Ordinal);
    private string? stage;
    private int drawnLength;

    /// <summary>The seconds of each stage, in order.</summary>
    public IReadOnlyDictionary<string, double> Seconds => seconds;

    private readonly Dictionary<string, double> seconds = [];

    /// <summary>Shows and times the stages of a workflow, and prints its notes.</summary>
    public void Report(WorkflowProgress value)
    {
        switch (value.Event)
        {
            case WorkflowEvent.StageStarted:
                Start(value.Stage);
                break;
            case WorkflowEvent.StageAdvanced:
                Draw(value.Fraction, value.Text);
                break;
            case WorkflowEvent.StageEnded:
                End(value.Stage);
                break;
            default:
                Note($"  {OptionHints.Complete(value.Text!, value.Option)}");
                break;
        }
    }

    /// <summary>Runs a stage of the command itself.</summary>
    /// <param name="name">The name of the stage, such as <c>report</c>.</param>
    /// <param name="work">The work.</param>
    public void Run(string name, Action work)
    {
        Start(name);
        try
        {
            work();
        }
        finally
        {
            End(name);
        }
    }

    /// <summary>Prints a line without breaking the live one, with the command's option names; a repeated line is not printed
    /// again.</summary>
    public void Note(string message)
    {
        string line = ShownText.Of(OptionNames.InCommand(message));
        if (quiet || !said.Add(line))
            return;

        lock (gate)
        {
            Erase();
            error.WriteLine(line);
        }
    }

    private void Start(string name)
    {
        inStage.Restart();
        sinceDrawn.Reset();
        stage = name;
        if (!live && !quiet)
            error.WriteLine($"{name} …");
    }

    private void End(string name)
    {
        lock (gate)
        {
            Erase();
            stage = null;
            seconds[name] = seconds.GetValueOrDefault(name) + inStage.Elapsed.TotalSeconds;
        }
    }

    private void Draw(double fraction, string? detail)
    {
        if (!live || quiet)
            return;

        lock (gate)
        {
            if (stage is null || (sinceDrawn.IsRunning && sinceDrawn.Elapsed < Refresh))
                return;

            sinceDrawn.Restart();
            Erase();
            string line = Line(Math.Clamp(fraction, 0, 1), detail);
            error.Write(line);
            error.Flush();
            drawnLength = line.Length;
        }
    }

    private string Line(double fraction, string? detail)
    {
        int full = (int)(fraction * BarWidth);
        string bar = new string('━', full) + new string('─', BarWidth - full);
        double elapsed = inStage.Elapsed.TotalSeconds;
        string left = fraction > 0.05 && elapsed > 1 ? $", {Duration(elapsed / fraction * (1 - fraction))} left" : "";
        string line = string.Create(CultureInfo.InvariantCulture,
            $"{stage,-12} {bar} {fraction,4:0 %}{left}{(detail is null ? "" : $"  {ShownText.Of(detail)}")}");
        int width = Width();
        return line.Length < width ? line : line[..Math.Max(0, width - 1)];
    }

    private void Erase()
    {
        if (drawnLength > 0)
            error.Write($"\r{new string(' ', drawnLength)}\r");

        drawnLength = 0;
    }

    private static string Duration(double seconds) =>
        seconds < 90 ? $"{Math.Ceiling(seconds):0} s" : $"{Math.Ceiling(seconds / 60):0} min";

    private static int Width()
    {
        try
        {
            return Console.WindowWidth > 0 ? Console.WindowWidth : 80;
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
