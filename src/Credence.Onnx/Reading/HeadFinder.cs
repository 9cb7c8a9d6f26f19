using Credence.Data.Scores;
using Credence.Onnx.Format;

namespace Credence.Onnx.Reading;

/// <summary>Finds the classifier's output in a graph, and the scores behind it.</summary>
internal sealed class HeadFinder
{
    private const int MostSteps = 100;
    private readonly GraphProto graph;
    private readonly Dictionary<string, NodeProto> makers = new(StringComparer.Ordinal);
    private readonly long opset;

    private HeadFinder(ModelProto model)
    {
        graph = model.Graph;
        opset = OpsetOf(model);
        foreach (NodeProto node in graph.Node)
        {
            foreach (string output in node.Output.Where(output => output.Length > 0))
                makers[output] = node;
        }
    }

    /// <summary>The version of the standard operators that a model uses.</summary>
    public static long OpsetOf(ModelProto model) => model.OpsetImport.First(set => set.Domain is "" or "ai.onnx").Version;

    /// <summary>Finds the scores: of an output that a softmax, a sigmoid, a ZipMap or a classifier makes, else of the first output of
    /// numbers.</summary>
    /// <param name="model">A checked model.</param>
    /// <param name="output">The name of the output to take; null chooses.</param>
    /// <exception cref="InvalidDataException">No output can hold scores, or there is none of that name.</exception>
    public static ScoreHead Find(ModelProto model, string? output = null)
    {
        var finder = new HeadFinder(model);
        ValueInfoProto[] outputs = [.. model.Graph.Output.Where(value => output is null || value.Name == output)];
        if (outputs.Length == 0)
            throw new InvalidDataException(
                $"The model has no output '{output}'. It has {string.Join(", ", model.Graph.Output.Select(value => $"'{value.Name}'"))}.");

        ScoreHead? plain = null;
        foreach (ValueInfoProto value in outputs)
        {
            ScoreHead? head = finder.HeadOf(value);
            if (head is not null && (head.Form != HeadForm.Same || head.Kind is not null))
                return head;

            plain ??= head;
        }

        return plain ?? throw new InvalidDataException(
            "None of the model's outputs can hold scores: "
            + $"{string.Join(", ", outputs.Select(value => $"'{value.Name}' is {Described(value)}"))}. A classifier gives numbers of shape "
            + "[rows, classes].");
    }

    private ScoreHead? HeadOf(ValueInfoProto output)
    {
        string name = output.Name, cut = name;
        bool isZipMap = false;
        IReadOnlyList<string>? classes = null;
        for (int step = 0; step < MostSteps && makers.TryGetValue(cut, out NodeProto? node); step++)
        {
            switch (node.OpType)
            {
                case "Identity" or "Cast" when IsNumbers(output) || isZipMap:
                    cut = node.Input[0];
                    continue;
                case "ZipMap":
                    isZipMap = true;
                    classes = ClassNames.Of(node);
                    cut = node.Input[0];
                    continue;
                case "Softmax" or "LogSoftmax" when IsNumbers(output) || isZipMap:
                    return Softmax(node, name) with { IsZipMap = isZipMap, Classes = classes };
                case "Sigmoid" when IsNumbers(output) || isZipMap:
                    return new ScoreHead(name, node.Input[0], HeadForm.Sigmoid, ScoreKind.Logits, classes,
                        $"output '{name}' is a sigmoid; the logit is '{node.Input[0]}'")
                    { IsZipMap = isZipMap };
                case "LinearClassifier" or "TreeEnsembleClassifier" or "SVMClassifier" when node.Output.Count > 1 && node.Output[1] == cut:
                    return Classical(node, name, cut, classes) with { IsZipMap = isZipMap };
                case "Normalizer" when IsNumbers(output) || isZipMap:
                    classes ??= ClassNames.Behind(node.Input[0], makers);
                    return new ScoreHead(name, cut, HeadForm.Same, ScoreKind.Probabilities, classes,
                        $"output '{name}' holds probabilities, scaled to sum to 1")
                    { IsZipMap = isZipMap };
            }

            break;
        }

        return isZipMap
            ? new ScoreHead(name, cut, HeadForm.Same, ScoreKind.Probabilities, classes,
                $"output '{name}' is a ZipMap; its probabilities are '{cut}'")
            { IsZipMap = true }
            : IsNumbers(output) ? new ScoreHead(name, name, HeadForm.Same, null, classes, $"output '{name}'") : null;
    }

    private ScoreHead Softmax(NodeProto node, string output)
    {
        bool isLog = node.OpType == "LogSoftmax";
        string kind = isLog ? "log-softmax" : "softmax";
        string how = opset < 13 ? ", over all that follows its axis, as operators before version 13 do" : "";
        return new ScoreHead(output, node.Input[0], isLog ? HeadForm.LogSoftmax : HeadForm.Softmax, ScoreKind.Logits, null,
            $"output '{output}' is a {kind} (opset {opset}{how}); the logits are '{node.Input[0]}'");
    }

    private static ScoreHead Classical(NodeProto node, string output, string cut, IReadOnlyList<string>? classes)
    {
        string transform = node.Attribute.FirstOrDefault(attribute => attribute.Name == "post_transform")?.S.ToStringUtf8() ?? "NONE";
        classes ??= ClassNames.Of(node);
        return new ScoreHead(output, cut, HeadForm.Same, null, classes,
            $"output '{output}' comes from a {node.OpType} with post_transform {transform}");
    }

    private static bool IsNumbers(ValueInfoProto value) => value.Type is null || (value.Type.TensorType is { } tensor
        && (TensorProto.Types.DataType)tensor.ElemType is TensorProto.Types.DataType.Float or TensorProto.Types.DataType.Double
            or TensorProto.Types.DataType.Float16 or TensorProto.Types.DataType.Undefined
        && tensor.Shape?.Dim.Count is null or 1 or 2);

    private static string Described(ValueInfoProto value) => value.Type switch
    {
        { TensorType: { } tensor } => $"{(TensorProto.Types.DataType)tensor.ElemType} "
            + $"[{string.Join(", ", tensor.Shape?.Dim.Select(length => length.HasDimValue ? $"{length.DimValue}" : "?") ?? ["?"])}]",
        { SequenceType: not null } => "a sequence",
        { MapType: not null } => "a map",
        _ => "of no known type",
    };
}
