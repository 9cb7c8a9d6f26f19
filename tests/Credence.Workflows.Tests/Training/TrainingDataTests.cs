using System.Globalization;
using System.Text;
using Credence.Data;
using Credence.Evaluation.Results;
using Credence.Models;
using Credence.Models.Files;
using Credence.Numerics;
using Credence.Workflows.Predictions;
using Credence.Workflows.Scores;
using Credence.Workflows.Tests.Support;
using Credence.Workflows.Training;

namespace Credence.Workflows.Tests.Training;

/// <summary>What a model knows of its data, and labels that training never saw.</summary>
public sealed class TrainingDataTests : IDisposable
{
    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public void TestRowsOfAnUnseenLabel_CountAsWrong_AndTheModelIsMade()
    {
        string train = place.Insects("train.csv", 150), seen = place.Insects("seen.csv", 60, seed: 9);
        string[] lines = File.ReadAllLines(seen);
        string test = place.Write("test.csv", string.Join('\n', [.. lines, "1,1,wasp", "2,2,wasp", "3,3,Ant"]) + "\n");
        var recorder = new Recorder();

        TrainingOutcome all = Train(train, test, recorder), without = Train(train, seen, null);

        MetricResult accuracy = all.Calibrated[MetricName.Accuracy];
        Assert.Equal(without.Calibrated[MetricName.Accuracy].Value * 60 / 63, accuracy.Value, 12);
        Assert.InRange(accuracy.Value, accuracy.Interval.Low, accuracy.Interval.High);
        Assert.Equal(without.Calibrated[MetricName.LogLoss].Value, all.Calibrated[MetricName.LogLoss].Value);
        Assert.Equal(3, all.Evaluation.Unseen!.Rows);
        Assert.Equal(2, all.Evaluation.Unseen.Counts["wasp"]);
        string note = Assert.Single(recorder.Notes, note => note.Contains("training never saw", StringComparison.Ordinal));
        Assert.Contains("3 rows", note, StringComparison.Ordinal);
        Assert.Contains("'Ant' differs from 'ant' in spelling only", note, StringComparison.Ordinal);

        // The labels are checked before the training begins.
        Assert.True(recorder.Reports.FindIndex(report => report.Text == note) < recorder.Reports.FindIndex(
            report => report.Event == WorkflowEvent.StageStarted && report.Stage == WorkflowStage.Training));
    }

    [Fact]
    public void TestRowsOfUnseenLabelsOnly_EndTheWorkBeforeTheTraining()
    {
        string train = place.Insects("train.csv", 150), test = place.Write("test.csv", "length,weight,kind\n1,1,x\n2,2,y\n");
        var recorder = new Recorder();

        string message = Assert.Throws<InvalidDataException>(() => Train(train, test, recorder)).Message;

        Assert.Contains("2 rows are labelled 'x', 'y'", message, StringComparison.Ordinal);
        Assert.DoesNotContain(WorkflowStage.Training, recorder.Stages);
    }

    [Theory]
    [InlineData("0", "1", "0.0", "1.0")]
    [InlineData("True", "False", "true", "FALSE")]
    public void Labels_AreMatchedAsValues(string first, string second, string firstTest, string secondTest)
    {
        string train = place.Write("train.csv", Rows(first, second, 120, 3));
        string test = place.Write("test.csv", Rows(firstTest, secondTest, 60, 4));

        TrainingOutcome outcome = Train(train, test, null, "y");

        Assert.Null(outcome.Evaluation.Unseen);
        Assert.Equal([second, first], outcome.Classes.OrderBy(name => name == first));
        Assert.True(outcome.Calibrated[MetricName.Accuracy].Value > 0.9);
    }

    [Fact]
    public void SpellingsOfOneLabel_AreToldBeforeTheTraining()
    {
        var recorder = new Recorder();
        Train(place.Write("train.csv", Rows("yes", "no", 120, 3) + "0.5,Yes\n-0.5,Yes\n"),
            null, recorder, "y");

        string note = Assert.Single(recorder.Notes, note => note.Contains("differ in spelling only", StringComparison.Ordinal));
        Assert.Contains("'Yes' (2 rows) and 'yes' (60 rows)", note, StringComparison.Ordinal);
        Assert.True(recorder.Reports.FindIndex(report => report.Text == note) < recorder.Reports.FindIndex(
            report => report.Event == WorkflowEvent.StageStarted && report.Stage == WorkflowStage.Training));
    }

    [Fact]
    public void AModel_KnowsItsLabel_AndHowItsCellsAreWritten()
    {
        var text = new StringBuilder("betrag;tag;sorte\n");
        var rng = new Rng(5);
        for (int row = 0; row < 120; row++)
        {
            double amount = 1500 + (row % 2 * 1000) + (100 * rng.NextNormal());
            string written = amount.ToString("#,##0.0", CultureInfo.InvariantCulture).Replace(',', ' ').Replace('.', ',').Replace(' ', '.');
            text.Append(CultureInfo.InvariantCulture, $"{written};{1 + (row % 28):00}/{1 + (row % 12):00}/2024;{"ab"[row % 2]}\n");
        }

        string path = place.Write("de.csv", text.ToString());
        TrainingOutcome trained = Train(path, null, null, "-1");
        var classifier = (Classifier)ModelFile.FromBytes(ModelFile.ToBytes(trained.Classifier));

        EvaluationOutcome measured = new EvaluationWorkflow().Run(classifier, new DataInput(path));
        Assert.Equal(120, measured.Evaluation.Labels.Count);
        Assert.True(measured.Evaluation.Calibrated[MetricName.Accuracy].Value > 0.95);

        // Rows without the label, by their order, and a typed row are read the same way.
        string bare = place.Write("bare.csv", "1.400,5;03/04/2024\n2600;31/12/2024\n");
        PredictedRows predicted = Assert.Single(new PredictionWorkflow().Run(classifier, new DataInput(bare)));
        Assert.Equal(["a", "b"], predicted.Predictions.Select(one => one.Label));
        Table typed = OneRow.Parse("betrag=1.400,5,tag=03/04/2024", classifier.Pipeline.Inputs, classifier.Facts.Layout);
        Assert.Equal(predicted.Predictions[0].Probability, classifier.Predict(typed)[0].Probability);
    }

    [Fact]
    public void SeparableRows_OfSeveralLabels_AreFitted()
    {
        // The words tell the labels without error, so that the losses fall to the last digit of a double.
        var text = new StringBuilder("title,tags\n");
        string[] words = ["query", "class", "window"], tags = ["linq", "csharp", "wpf"];
        for (int row = 0; row < 150; row++)
        {
            int second = (row + 1 + (row / 3 % 2)) % 3;
            bool both = row % 4 == 0;
            text.Append($"{words[row % 3]}{(both ? $" {words[second]}" : "")} how do i use it {row % 11},")
                .Append($"{tags[row % 3]}{(both ? $"|{tags[second]}" : "")}\n");
        }

        var input = new DataInput(place.Write("tags.csv", text.ToString())) { Reading = new() { Label = "tags", LabelSeparator = "|" } };
        var outcome = (MultiLabelTrainingOutcome)new TrainingWorkflow().Run(input);

        Assert.All(outcome.Fit.Path.Curve, point => Assert.True(point.HeldOutLogLoss >= 0));
        Assert.Equal(1, outcome.Evaluation.Calibrated[MetricName.Accuracy].Value);
    }

    private static string Rows(string first, string second, int count, ulong seed)
    {
        var rng = new Rng(seed);
        var text = new StringBuilder("x,y\n");
        for (int row = 0; row < count; row++)
            text.Append(CultureInfo.InvariantCulture,
                $"{(row % 2 * 4) - 2 + (0.7 * rng.NextNormal()):0.0000},{(row % 2 == 0 ? first : second)}\n");

        return text.ToString();
    }

    private static TrainingOutcome Train(string path, string? test, Recorder? recorder, string label = "kind") =>
        (TrainingOutcome)new TrainingWorkflow(new() { TestPath = test }).Run(
            new DataInput(path) { Reading = new() { Label = label } }, recorder);
}
