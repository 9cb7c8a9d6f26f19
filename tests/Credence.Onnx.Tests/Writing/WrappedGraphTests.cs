using System.Text.Json.Nodes;
using Credence.Calibration;
using Credence.Calibration.Selection;
using Credence.Conformal;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Models;
using Credence.Models.Learning;
using Credence.Numerics;
using Credence.Onnx.Format;
using Credence.Onnx.Reading;
using Credence.Onnx.Tests.Support;
using Credence.Onnx.Writing;

namespace Credence.Onnx.Tests.Writing;

public class WrappedGraphTests
{
    private const double Tolerance = 1e-5;

    public static TheoryData<string, int, int> Methods()
    {
        var all = new TheoryData<string, int, int>();
        long[] opsets = [8, 11, 13, 18];
        int next = 0;
        foreach (var method in CalibrationMethods.All)
        {
            foreach (int classes in new[] { 2, 4 })
            {
                all.Add(method.Name, classes, (int)opsets[next++ % 4]);
                all.Add(method.Name + "+confidence", classes, (int)opsets[next++ % 4]);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Probabilities_AreTheCalibrators(string method, int classes, int opset)
    {
        (double[] z, Labels labels) = Rows(300, classes, 2.5, unseen: false);
        ScoreCalibrationFit fit = Fit(z, labels, method);
        Check(Graphs.Same(opset, classes), fit.Calibrator, z, classes);
    }

    [Theory]
    [InlineData("temperature")]
    [InlineData("isotonic")]
    [InlineData("structured-matrix")]
    public void ClassesWithoutRows_KeepTheirSoftmax(string method)
    {
        (double[] z, Labels labels) = Rows(300, 4, 2, unseen: true);
        Check(Graphs.Same(13, 4), Fit(z, labels, method).Calibrator, z, 4);
    }

    [Fact]
    public void ScoresOfASecondSoftmaxOrATurnedSign_AreUndoneInTheGraph()
    {
        (double[] z, Labels labels) = Rows(800, 4, 1, unseen: false);
        double[] turned = [.. z.Select(value => -(double)(float)value)];
        ScoreCalibrator calibrator = Fit(turned, labels, "temperature").Calibrator;
        Assert.True(calibrator.Undoing?.IsNegated);
        Check(Graphs.Same(13, 4), calibrator, turned, 4);
    }

    [Fact]
    public void ExtremeLogits_GiveNoNaN()
    {
        (double[] z, Labels labels) = Rows(300, 3, 2, unseen: false);
        foreach (string method in new[] { "temperature", "vector", "structured-matrix", "beta", "isotonic", "platt+confidence" })
        {
            double[] extreme = [3e38, -3e38, 0, -200, 100, 100, 0, 0, 0, 1e30, 1e30, double.NegativeInfinity];
            Check(Graphs.Same(13, 3), Fit(z, labels, method).Calibrator, extreme, 3);
        }
    }

    [Theory]
    [InlineData(ConformalScore.Lac, false)]
    [InlineData(ConformalScore.Margin, false)]
    [InlineData(ConformalScore.Lac, true)]
    [InlineData(ConformalScore.Margin, true)]
    public void SetsAndAbstention_AreThePredictors(ConformalScore score, bool allowsEmpty)
    {
        (double[] z, Labels labels) = Rows(400, 4, 2, unseen: false);
        ScoreCalibrator calibrator = new ScoreCalibration(new()
        {
            Selection = new() { Methods = ["temperature"] },
            Sets = new() { Score = score, AllowEmptySets = allowsEmpty, Partition = ConformalPartition.Class, AcceptRareParts = true },
            Policy = new() { Coverage = 0.8 },
        }).Fit(ScoreKind.Logits, z, labels).Calibrator;
        WrappedGraph wrapped = Wrap(Graphs.Same(13, 4), calibrator, 4);
        Dictionary<string, object> results = PlainRuntime.Run(wrapped.Model, z, 4);
        var members = (bool[])results[wrapped.Sets!];
        var abstains = (bool[])results[wrapped.Abstain];
        Probabilities own = calibrator.Apply(Floats(z));
        IReadOnlyList<Prediction> predictions = calibrator.PredictorFor().Predict(own, new ulong[own.Rows]);
        int differing = 0;
        for (int row = 0; row < own.Rows; row++)
        {
            string[] set = [.. Enumerable.Range(0, 4).Where(k => members[(row * 4) + k]).Select(k => labels.Names[k])];
            differing += set.Order().SequenceEqual(predictions[row].Set!.Order()) ? 0 : 1;
            Assert.Equal(predictions[row].Abstain, abstains[row]);
        }

        // A score of a calibration row may equal the quantile to the last digits, which the graph's sums need not share.
        Assert.InRange(differing, 0, 4);
        Assert.Contains(true, abstains);
    }

    [Fact]
    public void Replacing_PutsCalibratedLogitsInTheOutputsPlace()
    {
        (double[] z, Labels labels) = Rows(300, 3, 2, unseen: false);
        ScoreCalibrator calibrator = Fit(z, labels, "temperature").Calibrator;
        WrappedGraph wrapped = Wrap(Graphs.Same(13, 3), calibrator, 3, replaces: true);
        Assert.Equal("y", wrapped.Model.Graph.Output[0].Name);
        Dictionary<string, object> results = PlainRuntime.Run(wrapped.Model, z, 3);
        double[] logits = [.. ((float[])results["y"]).Select(value => (double)value)];
        var p = new double[logits.Length];
        Softmax.ForwardRows(logits, 3, p);
        AssertEqual(calibrator.Apply(Floats(z)).Values, p);
    }

    [Fact]
    public void WrappingTwice_IsRefused()
    {
        (double[] z, Labels labels) = Rows(100, 3, 2, unseen: false);
        ScoreCalibrator calibrator = Fit(z, labels, "temperature").Calibrator;
        ModelProto once = Wrap(Graphs.Same(13, 3), calibrator, 3).Model;
        Assert.Contains("wrapped already", Assert.Throws<ArgumentException>(() => Wrap(once, calibrator, 3)).Message);
    }

    internal static (double[] Logits, Labels Labels) Rows(int rows, int classes, double overconfidence, bool unseen)
    {
        var rng = new Rng(5);
        var z = new double[rows * classes];
        var indices = new int[rows];
        var p = new double[classes];
        for (int row = 0; row < rows; row++)
        {
            for (int k = 0; k < classes; k++)
                z[(row * classes) + k] = (float)(overconfidence * 6 * (rng.NextDouble() - 0.5));

            Softmax.Forward(z.AsSpan(row * classes, classes).ToArray().Select(value => value / overconfidence).ToArray(), p);
            double u = rng.NextDouble();
            int label = 0;
            while (label < classes - 1 && (u -= p[label]) > 0)
                label++;
            indices[row] = unseen && label == 1 ? 2 : label;
        }

        return (z, new Labels(indices, [.. Enumerable.Range(0, classes).Select(k => $"class {k}")]));
    }

    internal static ScoreCalibrationFit Fit(double[] z, Labels labels, string method) => new ScoreCalibration(new()
    {
        Selection = new() { Methods = [method] },
    }).Fit(ScoreKind.Logits, z, labels);

    private static WrappedGraph Wrap(ModelProto model, ScoreCalibrator calibrator, int columns, bool replaces = false) =>
        WrappedGraph.Append(OnnxClassifier.Of("model.onnx", model), calibrator, columns, replaces, new JsonObject());

    private static void Check(ModelProto model, ScoreCalibrator calibrator, double[] z, int classes)
    {
        WrappedGraph wrapped = Wrap(model, calibrator, classes);
        ModelCheck.Check(wrapped.Model, null);
        float[] given = (float[])PlainRuntime.Run(wrapped.Model, z, classes)[wrapped.Probabilities];
        AssertEqual(calibrator.Apply(Floats(z)).Values, [.. given.Select(value => (double)value)]);
    }

    private static double[] Floats(double[] values) => [.. values.Select(value => (double)(float)value)];

    private static void AssertEqual(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.InRange(actual[i], expected[i] - Tolerance, expected[i] + Tolerance);
    }
}
