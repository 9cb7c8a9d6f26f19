using Credence.Onnx.Format;

namespace Credence.Onnx.Reading;

/// <summary>Checks a model before ONNX Runtime sees it: standard operators only, every value made once and before its use (so that there is
/// no cycle), tensors as long as their shapes say, nothing outside the model's folder.</summary>
internal static class ModelCheck
{
    private const int MostNodes = 500_000, MostDepth = 20;

    /// <summary>The operators that may stand without a first input; all others work on one.</summary>
    private static readonly string[] WithoutFirstInput =
        ["Constant", "RandomNormal", "RandomUniform", "SequenceEmpty", "Optional", "Loop", "Scan"];

    /// <summary>Checks a model; external tensors are read into it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="folder">The folder of its file; null where external tensors are refused.</param>
    /// <exception cref="InvalidDataException">It is refused, with the reason.</exception>
    public static void Check(ModelProto model, string? folder)
    {
        if (model.Graph is null || !model.HasIrVersion)
            throw new InvalidDataException("It has no graph: it is no ONNX model, or a damaged one.");

        if (model.Functions.Count > 0)
            throw new InvalidDataException(
                $"It has {model.Functions.Count} functions of its own, such as '{model.Functions[0].Name}'. "
                    + "Export it with functions inlined.");

        if (!model.OpsetImport.Any(set => set.Domain is "" or "ai.onnx" && set.Version is >= 7 and <= 1000))
        {
            long found = model.OpsetImport.FirstOrDefault(set => set.Domain is "" or "ai.onnx")?.Version ?? 0;
            throw new InvalidDataException(found == 0 ? "It says no version of the standard operators (opset)."
                : $"Its operators are of version (opset) {found}; 7 and later are read. Export it anew.");
        }

        if (model.OpsetImport.GroupBy(set => set.Domain is "ai.onnx" ? "" : set.Domain).Any(group => group.Count() > 1))
            throw new InvalidDataException("It says two versions of the same operators.");

        int nodes = 0;
        CheckGraph(model.Graph, [], folder, 0, ref nodes);
        if (model.Graph.Output.Count == 0)
            throw new InvalidDataException("Its graph has no outputs.");
    }

    private static void CheckGraph(GraphProto graph, HashSet<string> outer, string? folder, int depth, ref int nodes)
    {
        if (depth > MostDepth)
            throw new InvalidDataException($"Its graphs lie in each other more than {MostDepth} deep.");

        nodes += graph.Node.Count;
        if (nodes > MostNodes)
            throw new InvalidDataException($"It has more than {MostNodes:N0} nodes.");

        var made = new HashSet<string>(outer, StringComparer.Ordinal);
        foreach (ValueInfoProto input in graph.Input)
        {
            if (!made.Add(input.Name))
                throw new InvalidDataException($"Two inputs are called '{input.Name}'.");

            CheckShape(input);
        }

        var initial = new HashSet<string>(StringComparer.Ordinal);
        foreach (TensorProto tensor in graph.Initializer)
        {
            if (!initial.Add(tensor.Name))
                throw new InvalidDataException($"Two initial tensors are called '{tensor.Name}'.");

            TensorCheck.Check(tensor, folder, $"Tensor '{tensor.Name}'");
            made.Add(tensor.Name);
        }

        foreach (SparseTensorProto tensor in graph.SparseInitializer)
            throw new InvalidDataException($"Tensor '{tensor.Values?.Name}' is sparse, which is not read. Export it dense.");

        HashSet<string> all = [.. graph.Node.SelectMany(node => node.Output)];
        foreach (NodeProto node in graph.Node)
            CheckNode(node, made, all, folder, depth, ref nodes);

        foreach (ValueInfoProto output in graph.Output)
        {
            if (!made.Contains(output.Name))
                throw new InvalidDataException($"No node makes its output '{output.Name}'.");
        }
    }

    private static void CheckNode(NodeProto node, HashSet<string> made, HashSet<string> all, string? folder, int depth, ref int nodes)
    {
        string place = $"Node '{(node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault())}' ({node.OpType})";
        if (!StandardOperators.IsDomain(node.Domain))
            throw new InvalidDataException(
                $"{place} is of the domain '{node.Domain}'; only standard operators are run. Export the model with those alone.");

        if (!StandardOperators.Has(node.Domain, node.OpType))
            throw new InvalidDataException($"{place} is no standard operator.");

        if (node.Input is not [{ Length: > 0 }, ..] && !WithoutFirstInput.Contains(node.OpType))
            throw new InvalidDataException($"{place} has no first input.");

        foreach (string input in node.Input)
        {
            if (input.Length > 0 && !made.Contains(input))
            {
                throw new InvalidDataException(all.Contains(input)
                    ? $"{place} uses '{input}', which it or a later node makes: its nodes run in a circle, or are out of order."
                    : $"{place} uses '{input}', which nothing makes.");
            }
        }

        foreach (AttributeProto attribute in node.Attribute)
        {
            IEnumerable<TensorProto> tensors = attribute.T is null ? attribute.Tensors : attribute.Tensors.Append(attribute.T);
            foreach (TensorProto tensor in tensors)
                TensorCheck.Check(tensor, folder, $"{place}, attribute '{attribute.Name}',");

            if (attribute.SparseTensor is not null || attribute.SparseTensors.Count > 0)
                throw new InvalidDataException($"{place} has a sparse tensor, which is not read.");

            IEnumerable<GraphProto> graphs = attribute.G is null ? attribute.Graphs : attribute.Graphs.Append(attribute.G);
            foreach (GraphProto inner in graphs)
                CheckGraph(inner, made, folder, depth + 1, ref nodes);
        }

        foreach (string output in node.Output)
        {
            if (output.Length > 0 && !made.Add(output))
                throw new InvalidDataException($"{place} makes '{output}', which is made already.");
        }
    }

    private static void CheckShape(ValueInfoProto value)
    {
        foreach (TensorShapeProto.Types.Dimension length in value.Type?.TensorType?.Shape?.Dim ?? [])
        {
            if (length.HasDimValue && length.DimValue is < 0 or > int.MaxValue)
                throw new InvalidDataException($"Input '{value.Name}' has a dimension of length {length.DimValue}.");
        }
    }
}
