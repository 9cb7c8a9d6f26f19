using Credence.Data.Scores;
using Credence.Files.Scores;
using Credence.Models;
using Credence.Workflows.Scores;
using Credence.Workflows.Tests.Support;
using Credence.Workflows.Training;

namespace Credence.Workflows.Tests.Scores;

public sealed class UnlabelledWorkflowTests : IDisposable
{
    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public void Run_OfAClassifier_EstimatesTheAccuracyThatTheLabelsGive()
    {
        DataInput train = Labelled(place.Insects("train.csv", 600, apart: 1));
        DataInput rows = Labelled(place.Insects("new.csv", 600, apart: 1, seed: 5));
        Classifier classifier = ((TrainingOutcome)new TrainingWorkflow().Run(train)).Classifier;

        UnlabelledOutcome outcome = new UnlabelledWorkflow().Run(classifier, rows);

        double accuracy = new EvaluationWorkflow().Run(classifier, rows).Evaluation.Calibrated["accuracy"].Value;
        Assert.Equal(600, outcome.Estimate.Rows);
        Assert.InRange(outcome.Estimate.Accuracy, accuracy - 0.06, accuracy + 0.06);
    }

    [Fact]
    public void Run_OfACalibrator_IsTheMeanConfidence()
    {
        ScoreCalibrator calibrator = new CalibrationWorkflow().Run(Read(place.Logits("fit.csv", 500, 2))).Fit.Calibrator;
        SavedScores scores = Read(place.Logits("new.csv", 300, 2, seed: 6));

        UnlabelledOutcome outcome = new UnlabelledWorkflow().Run(calibrator, scores);

        Probabilities probabilities = calibrator.Apply(scores.Values);
        double mean = Enumerable.Range(0, 300).Average(row => probabilities.Row(row)[probabilities.Top(row)]);
        Assert.False(outcome.Estimate.Shift.IsShifted);
        Assert.Equal(mean, outcome.Estimate.Accuracy, 10);
    }

    private static SavedScores Read(string path) => new ScoreInput(path) { Kind = ScoreKind.Logits }.ReadLabelled();

    private static DataInput Labelled(string path) => new(path) { Reading = new() { Label = "kind" } };
}
