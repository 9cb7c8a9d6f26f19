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
        Assert.Throws<FileNotFoundException>(() => new ScoreInput(place.Path("none.csv")).ReadAny());
    }

    [Theory]
    // Rounded to two decimals: sums of .99 to 1.01 are divided out.
    [InlineData("a,b,c,label\n.33,.33,.33,a\n.5,.25,.26,b\n.1,.2,.7,c\n", ScoreKind.Probabilities, 0.25 / 1.01)]
    [InlineData("a,b,label\n.123456,.876544,a\n.7,.3,b\n", ScoreKind.Probabilities, 0.3)]
    [InlineData("a,b,label\n-0.0100503,-4.6051702,a\n-0.6931472,-0.6931472,b\n", ScoreKind.Logits, -0.6931472)]
    [InlineData("p,label\n.2,0\n.7,1\n", ScoreKind.Probabilities, 0.7)]
    public void NumbersBeyondDoubt_SayTheirKind_AsForTheDoctor(string text, ScoreKind kind, double second)
    {
        string path = place.Write("s.csv", text);
        var recorder = new Recorder();

        SavedScores scores = new ScoreInput(path).ReadLabelled(recorder);

        Assert.Equal(kind, scores.Kind);
        Assert.Equal(second, scores.Values[scores.Classes.Count + 1], 1e-12);
        Assert.Contains(recorder.Reports, report => report.Text?.Contains("SavedScores.Kind", StringComparison.Ordinal) == true);
        Assert.Equal(kind, new DoctorWorkflow().Run(new ScoreInput(Repeated(text)).ReadAny()).Format.Kind);
    }

    [Theory]
    [InlineData("a,b,label\n3,-1,a\n2,4,b\n")]
    [InlineData("a,b,label\n.3,.9,a\n.6,.2,b\n")]
    [InlineData("a,b,label\n30,70,a\n60,40,b\n")]
    [InlineData("a,b,label\n.3,.7,a\n")]
    [InlineData("s,label\n-2,0\n3,1\n")]
    public void NumbersOfDoubt_AskForTheKind(string text) =>
        Assert.Throws<WorkflowOptionException>(() => new ScoreInput(place.Write("s.csv", text)).ReadLabelled());

    [Fact]
    public void RoundedProbabilities_StatedOrNot_AreTheSame()
    {
        string path = place.Write("s.csv", "a,b,c,label\n.33,.33,.33,a\n.5,.25,.26,b\n.1,.2,.7,c\n");

        SavedScores stated = new ScoreInput(path) { Kind = ScoreKind.Probabilities }.ReadLabelled();

        Assert.Equal(new ScoreInput(path).ReadLabelled().Values, stated.Values);
        Assert.Equal(0.01, stated.Resolution!.Step!.Value, 1e-12);
    }

    private string Repeated(string text)
    {
        int first = text.IndexOf('\n', StringComparison.Ordinal) + 1;
        return place.Write("many.csv", text[..first] + string.Concat(Enumerable.Repeat(text[first..], 20)));
    }
}
