using System.Text;
using Credence.Data.Scores;
using Credence.Files.Scores;
using Credence.Workflows.Scores;
using Credence.Workflows.Tests.Support;

namespace Credence.Workflows.Tests.Scores;

public sealed class ScoreInputTests : IDisposable
{
    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public void Read_TakesStandardInput()
    {
        byte[] text = Encoding.UTF8.GetBytes("a,b,label\n1,2,b\n3,4,a\n");
        var input = new ScoreInput("-") { Kind = ScoreKind.Logits, StandardInput = () => new MemoryStream(text) };

        SavedScores scores = input.ReadLabelled();

        Assert.Equal([1, 2, 3, 4], scores.Values);
        Assert.Equal([1, 0], scores.Labels!.Indices.ToArray());
    }

    [Fact]
    public void ReadLabelled_RefusesAndNotes()
    {
        string path = place.Write("p.csv", "a,b,label\n0.5,0.5,a\n0.2,0.8,b\n");
        var recorder = new Recorder();

        new ScoreInput(path) { Kind = ScoreKind.Logits }.ReadLabelled(recorder);

        Assert.Equal("Kind", recorder.Reports.Last(report => report.Event == WorkflowEvent.Note).Option);
        string bad = place.Write("bad.csv", "a,b,label\n0.5,0.9,a\n");
        InvalidDataException error = Assert.Throws<InvalidDataException>(
            () => new ScoreInput(bad) { Kind = ScoreKind.Probabilities }.ReadLabelled());
        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
        Assert.Throws<WorkflowOptionException>(() => new ScoreInput(path).ReadLabelled());
        Assert.Throws<FileNotFoundException>(() => new ScoreInput(place.Path("none.csv")).ReadAny());
    }
}
