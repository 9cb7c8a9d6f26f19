using Credence.Files.Inputs;
using Credence.Onnx.Format;
using Credence.Onnx.Reading;
using Credence.Onnx.Tests.Support;
using Credence.Onnx.Wrapping;
using Credence.Workflows;
using Type = Credence.Onnx.Format.TensorProto.Types.DataType;

namespace Credence.Onnx.Tests.Wrapping;

/// <summary>The networks in Data were exported by PyTorch 1.13 (tools/golden/onnx_networks.py).</summary>
public class WrapWorkflowTests
{
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData("softmax_11", "rows", "is a softmax (opset 11")]
    [InlineData("softmax_13", "rows", "is a softmax (opset 13")]
    [InlineData("log_softmax_13", "rows", "is a log-softmax")]
    [InlineData("logits_17", "rows", "are read as logits")]
    [InlineData("fixed_batch", "rows", "is a softmax")]
    [InlineData("two_inputs", "two", "is a softmax")]
    [InlineData("sigmoid", "yes", "is a sigmoid")]
    public void ExportedNetwork_GivesTheCalibratorsProbabilities_AndItsFormerOutputs(string model, string data, string found)
    {
        var notes = new List<string>();
        WrapOutcome outcome = Wrap(model, data, replaces: false, notes);
        Assert.Contains(notes, note => note.Contains(found, StringComparison.Ordinal));
        Assert.InRange(outcome.LargestDifference, 0, Tolerance);
        Assert.InRange(outcome.LargestChange, 0, Tolerance);
        Assert.True(outcome.Calibration.Evaluation.Evaluation.LogLossGain.Low > 0, "The networks are overconfident by construction.");
    }

    [Theory]
    [InlineData("softmax_13", "rows")]
    [InlineData("log_softmax_13", "rows")]
    [InlineData("logits_17", "rows")]
    [InlineData("sigmoid", "yes")]
    public void ReplacedOutput_KeepsNameOrderAndShape(string model, string data)
    {
        WrapOutcome outcome = Wrap(model, data, replaces: true, []);
        Assert.Equal(
            ["y", "calibrated_probabilities", "prediction_set", "abstain"],
            outcome.Model.Graph.Output.Select(output => output.Name));
        Assert.InRange(outcome.LargestDifference, 0, Tolerance);
    }

    [Theory]
    [InlineData("LinearClassifier", "SOFTMAX")]
    [InlineData("LinearClassifier", "NONE")]
    [InlineData("TreeEnsembleClassifier", "SOFTMAX")]
    public void ClassicalModelBehindAZipMap_KeepsItsLabels(string kind, string transform)
    {
        ModelProto model = Classical(kind, transform);
        OnnxClassifier classifier = OnnxClassifier.Of("classical.onnx", model);
        Assert.Equal(["ant", "bee", "cicada"], classifier.Classes(3)!);
        WrapOutcome outcome = Run(classifier, Csv(), replaces: false, []);
        Assert.InRange(outcome.LargestDifference, 0, Tolerance);
        Assert.Equal(["ant", "bee", "cicada"], outcome.Calibration.Fit.Calibrator.Classes);
        Dictionary<string, object> results = PlainRuntime.Run(outcome.Model, [1, 0, 0, 0, 1, 0], 3);
        Assert.Equal(["label", "map", "calibrated_probabilities", "prediction_set", "abstain"], results.Keys);
        Assert.Equal("classes", outcome.Model.MetadataProps[0].Key);
    }

    [Fact]
    public void RowsThatDoNotFitTheInput_AreRefused()
    {
        OnnxClassifier classifier = OnnxClassifier.Of("m.onnx", Graphs.Same(13, 5));
        string message = Assert.Throws<InvalidDataException>(() => Run(classifier, Csv(), false, [])).Message;
        Assert.Contains("[?, 5]", message, StringComparison.Ordinal);
        Assert.Contains("3 numbers a row", message, StringComparison.Ordinal);
    }

    private static ModelProto Classical(string kind, string transform)
    {
        AttributeProto names = Graphs.Texts("classlabels_strings", "ant", "bee", "cicada");
        NodeProto node = kind == "LinearClassifier"
            ? Graphs.Classical(kind, ["x"], ["label", "p"], names, Graphs.Text("post_transform", transform), Graphs.One("multi_class", 1),
                Graphs.Floats("coefficients", 3, 0, 0, 0, 3, 0, 0, 0, 3), Graphs.Floats("intercepts", 0, 0, 0))
            : Graphs.Classical(kind, ["x"], ["label", "p"], names, Graphs.Text("post_transform", transform),
                Graphs.Whole("nodes_treeids", 0, 0, 0), Graphs.Whole("nodes_nodeids", 0, 1, 2), Graphs.Whole("nodes_featureids", 0, 0, 0),
                Graphs.Texts("nodes_modes", "BRANCH_LEQ", "LEAF", "LEAF"), Graphs.Floats("nodes_values", 0, 0, 0),
                Graphs.Whole("nodes_truenodeids", 1, 0, 0), Graphs.Whole("nodes_falsenodeids", 2, 0, 0),
                Graphs.Whole("class_treeids", 0, 0, 0, 0, 0, 0), Graphs.Whole("class_nodeids", 1, 1, 1, 2, 2, 2),
                Graphs.Whole("class_ids", 0, 1, 2, 0, 1, 2), Graphs.Floats("class_weights", -3, 2, 1, 4, 0, -1));
        return Graphs.Model(13, 3, [node, Graphs.Classical("ZipMap", ["p"], ["map"], names)],
            Graphs.Value("label", Type.String, new int?[] { null }), new ValueInfoProto
            {
                Name = "map",
                Type = new TypeProto
                {
                    SequenceType = new TypeProto.Types.Sequence
                    {
                        ElemType = new TypeProto
                        {
                            MapType = new TypeProto.Types.Map
                            {
                                KeyType = (int)Type.String,
                                ValueType = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)Type.Float } },
                            },
                        },
                    },
                },
            });
    }

    private static string Csv()
    {
        (double[] z, Data.Labels labels) = Writing.WrappedGraphTests.Rows(200, 3, 1, unseen: false);
        string[] names = ["ant", "bee", "cicada"];
        IEnumerable<string> rows = Enumerable.Range(0, labels.Count).Select(row => FormattableString.Invariant(
            $"{z[3 * row]},{z[(3 * row) + 1]},{z[(3 * row) + 2]},{names[labels[row]]}"));
        string path = Path.Combine(Path.GetTempPath(), $"credence-{Guid.NewGuid():N}.csv");
        File.WriteAllLines(path, ["a,b,c,label", .. rows]);
        return path;
    }

    private static WrapOutcome Wrap(string model, string data, bool replaces, List<string> notes)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Data");
        return Run(OnnxClassifier.Read(Path.Combine(folder, model + ".onnx")), Path.Combine(folder, data + ".npz"), replaces, notes);
    }

    private static WrapOutcome Run(OnnxClassifier classifier, string data, bool replaces, List<string> notes)
    {
        try
        {
            return new WrapWorkflow(new() { Replace = replaces }).Run(
                classifier, new DataInput(data) { Reading = new ReadOptions() }, new Told(notes));
        }
        finally
        {
            if (data.EndsWith(".csv", StringComparison.Ordinal))
                File.Delete(data);
        }
    }

    private sealed class Told(List<string> notes) : IProgress<WorkflowProgress>
    {
        public void Report(WorkflowProgress value)
        {
            if (value.Text is { } text)
                notes.Add(text);
        }
    }
}
