using System.Text.Json.Nodes;
using Credence.Conformal;
using Credence.Data.Scores;
using Credence.Models;
using Credence.Models.Files;
using Credence.Onnx.Format;
using Credence.Onnx.Reading;
using Credence.Persistence;
using Google.Protobuf.Collections;
using Type = Credence.Onnx.Format.TensorProto.Types.DataType;

namespace Credence.Onnx.Writing;

/// <summary>A foreign classifier's graph with calibrator, prediction set and abstention appended in standard operators.</summary>
internal sealed class WrappedGraph
{
    private const double Tiny = 1e-300;
    private readonly ModelProto model;
    private readonly ScoreHead head;
    private readonly ScoreCalibrator calibrator;
    private readonly GraphBuilder graph;

    private WrappedGraph(ModelProto model, ScoreHead head, ScoreCalibrator calibrator)
    {
        this.model = model;
        this.head = head;
        this.calibrator = calibrator;
        graph = new GraphBuilder(model);
    }

    /// <summary>The model's graph, calibrated.</summary>
    public ModelProto Model => model;

    /// <summary>The name of the output of calibrated probabilities, float [rows, classes].</summary>
    public string Probabilities { get; private set; } = "";

    /// <summary>The name of the output of prediction sets, bool [rows, classes]; null without sets.</summary>
    public string? Sets { get; private set; }

    /// <summary>The name of the output that says where no answer should be given, bool [rows].</summary>
    public string Abstain { get; private set; } = "";

    /// <summary>Appends a calibrator to a model.</summary>
    /// <param name="classifier">The model; it is not changed.</param>
    /// <param name="calibrator">The calibrator of its scores.</param>
    /// <param name="columns">The number of its scores a row.</param>
    /// <param name="replaces">Whether the calibrated output takes the place and name of the original one.</param>
    /// <param name="record">What is known of the calibration, for the metadata.</param>
    /// <exception cref="ArgumentException">The graph can't hold the calibrator, or is too old.</exception>
    public static WrappedGraph Append(
        OnnxClassifier classifier, ScoreCalibrator calibrator, int columns, bool replaces, JsonObject record)
    {
        if (classifier.Model.MetadataProps.Any(entry => entry.Key == WrappedRecord.CalibratorKey))
            throw new ArgumentException($"{classifier.Name} is wrapped already. Wrap the file that it was made of.");

        if (classifier.Opset < 8)
            throw new ArgumentException($"{classifier.Name} has operators of version {classifier.Opset}; wrapping needs 8 or later.");

        var wrapped = new WrappedGraph(classifier.Model.Clone(), classifier.Head, calibrator);
        wrapped.Append(columns, replaces, record);
        return wrapped;
    }

    private void Append(int columns, bool replaces, JsonObject record)
    {
        // Constants that are no inputs came with version 4 of the format.
        model.IrVersion = Math.Max(model.IrVersion, 4);
        int classes = calibrator.Classes.Count;
        string original = replaces ? MoveAside() : "";
        string tensor = replaces && head.Tensor == head.Output ? original : head.Tensor;
        string p = CalibratorGraph.Append(graph, calibrator.Calibrator, Logits(tensor, columns));
        string single = graph.Cast(p, Type.Float);
        Probabilities = Output("calibrated_probabilities", single, Type.Float, classes);
        string top = graph.RowTop(graph.Cast(graph.Subtract(p, graph.RowMax(p)), Type.Float));
        string isTop = graph.Marks(top, classes);
        if (calibrator.Sets is { } sets)
            Sets = Output("prediction_set", Members(sets, p, isTop), Type.Bool, classes);

        Abstain = Output("abstain", Abstention(p), Type.Bool);
        if (replaces)
            Replace(p, single, columns);

        record["outputs"] = new JsonObject { ["probabilities"] = Probabilities, ["set"] = Sets, ["abstain"] = Abstain };
        record["scores"] = new JsonObject
        {
            ["tensor"] = tensor,
            ["kind"] = calibrator.Kind.ToString().ToLowerInvariant(),
            ["columns"] = columns,
        };
        State("classes", calibrator.Classes.ToJson().ToJsonString());
        State(WrappedRecord.RecordKey, record.ToJsonString());
        State(WrappedRecord.CalibratorKey, Convert.ToBase64String(ModelFile.ToBytes(calibrator)));
    }

    /// <summary>The model's scores as logits of every class, double.</summary>
    private string Logits(string tensor, int columns)
    {
        string x = graph.Double(graph.Shaped(tensor, -1, columns));
        bool areLogits = calibrator.Kind == ScoreKind.Logits;
        if (columns == 1)
            x = graph.Beside(areLogits ? graph.Multiply(x, graph.Constant(0)) : graph.Complement(x), x);

        string logits = areLogits ? x : graph.Node("Log", graph.AtLeast(x, Math.Max(calibrator.Floor, Tiny)));
        return calibrator.Undoing is { } undoing ? Undone(undoing, logits) : logits;
    }

    private string Undone(ScoreUndoing undoing, string x)
    {
        int classes = calibrator.Classes.Count;
        double floor = Math.Max(undoing.Floor, Tiny);
        if (undoing.IsComplement)
            x = graph.Node("Log", graph.AtLeast(graph.Affine(graph.Node("Exp", x), 1 - classes, 1), floor));
        else if (undoing.IsNegated)
            x = graph.Node("Neg", graph.AtMost(graph.AtLeast(x, -1e6), 1e6));

        if (!undoing.IsSecondSoftmax)
            return x;

        string shift = graph.Divide(graph.Complement(graph.RowSum(x)), graph.Constant(classes));
        return graph.Node("Log", graph.AtLeast(graph.Add(x, shift), floor));
    }

    /// <summary>Whether each class's score is at most the quantile; the most probable one's is 0, unless sets may be empty.</summary>
    private string Members(ConformalClassifier sets, string p, string isTop)
    {
        string score = sets.Score switch
        {
            ConformalScore.Lac => graph.Complement(p),
            ConformalScore.Margin => Margin(p, isTop),
            _ => throw new ArgumentException(
                $"Sets by {sets.Score.ToString().ToUpperInvariant()} can't be written as ONNX: they rank a row's classes. LAC sets can."),
        };
        if (sets.Partition == ConformalPartition.Group)
            throw new ArgumentException("Sets by group can't be written as ONNX: a graph does not know a row's group.");

        if (!sets.AllowsEmptySets)
            score = graph.Multiply(score, graph.Complement(isTop));

        // A quantile of +∞ rules nothing out; no score is above 2.
        double[] quantiles = [.. sets.Quantiles.Select(quantile => Math.Min(quantile, 2))];
        return graph.Node("Not", graph.Node("Greater", score, graph.Constant(quantiles)));
    }

    private string Margin(string p, string isTop)
    {
        string largest = graph.RowMax(p), second = graph.RowMax(graph.Subtract(p, graph.Multiply(isTop, graph.Constant(2))));
        return graph.Add(graph.Subtract(largest, p), graph.Multiply(isTop, graph.Subtract(second, largest)));
    }

    private string Abstention(string p)
    {
        string largest = graph.Shaped(graph.RowMax(p), -1);
        if (calibrator.Policy?.Costs is { } costs)
        {
            int actions = costs.ActionNames.Count, classes = calibrator.Classes.Count;
            var losses = new double[classes * actions];
            for (int i = 0; i < losses.Length; i++)
                losses[i] = -costs[i / actions, i % actions];

            string gains = graph.Node("MatMul", p, graph.Constant(losses, classes, actions));
            string best = graph.RowTop(graph.Cast(graph.Subtract(gains, graph.RowMax(gains)), Type.Float));
            long abstaining = costs.ActionNames.ToList().IndexOf(Decisions.CostMatrix.Abstain);
            return graph.Node("Equal", graph.Shaped(best, -1), graph.Constant([abstaining]));
        }

        double threshold = calibrator.Policy?.Selective?.Threshold ?? -1;
        return graph.Node("Less", largest, graph.Constant(Math.Min(threshold, 2)));
    }

    /// <summary>Gives the original output's value another name, so that a calibrated one can have its name.</summary>
    private string MoveAside()
    {
        string aside = graph.Unused(head.Output + "_uncalibrated");
        foreach (NodeProto node in model.Graph.Node)
        {
            Rename(node.Input, head.Output, aside);
            Rename(node.Output, head.Output, aside);
        }

        return aside;
    }

    private static void Rename(RepeatedField<string> names, string from, string to)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == from)
                names[i] = to;
        }
    }

    /// <summary>Puts the calibrated probabilities in the original output's place, in its form: as logits or a logarithm where it had
    /// those.</summary>
    private void Replace(string p, string single, int columns)
    {
        ValueInfoProto output = model.Graph.Output.First(value => value.Name == head.Output);
        if (head.IsZipMap)
        {
            NodeProto zip = model.Graph.Node.First(node =>
                node.OpType == "ZipMap" && node.Output[0].EndsWith("_uncalibrated", StringComparison.Ordinal));
            NodeProto own = zip.Clone();
            own.Name = graph.Unused("credence_zipmap");
            own.Input[0] = single;
            own.Output[0] = head.Output;
            model.Graph.Node.Add(own);
            return;
        }

        bool isLog = head.Form == HeadForm.LogSoftmax || (head.Form == HeadForm.Same && calibrator.Kind == ScoreKind.Logits);
        string value = p;
        if (columns == 1)
        {
            string second = graph.Columns(p, [1]);
            value = !isLog ? second
                : graph.Subtract(graph.Node("Log", graph.AtLeast(second, Tiny)),
                    graph.Node("Log", graph.AtLeast(graph.Complement(second), Tiny)));
            if (output.Type?.TensorType?.Shape?.Dim.Count == 1)
                value = graph.Shaped(value, -1);
        }
        else if (isLog)
        {
            value = graph.Node("Log", graph.AtLeast(p, Tiny));
        }

        var type = (Type)(output.Type?.TensorType?.ElemType ?? (int)Type.Float);
        graph.Name(graph.Cast(value, type == Type.Undefined ? Type.Float : type), head.Output);
    }

    private string Output(string wished, string value, Type type, params int[] after)
    {
        string name = graph.Unused(wished);
        graph.Name(value, name);
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "rows" });
        foreach (int length in after)
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = length });

        model.Graph.Output.Add(new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape } },
        });
        return name;
    }

    private void State(string key, string value)
    {
        for (int i = model.MetadataProps.Count - 1; i >= 0; i--)
        {
            if (model.MetadataProps[i].Key == key)
                model.MetadataProps.RemoveAt(i);
        }

        model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
    }
}
