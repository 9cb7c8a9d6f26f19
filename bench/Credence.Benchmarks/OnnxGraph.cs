using Credence.Persistence;

namespace Credence.Benchmarks;

/// <summary>An operator of an ONNX graph.</summary>
/// <param name="Operator">Its name.</param>
/// <param name="Inputs">The names of what it takes.</param>
/// <param name="Outputs">The names of what it gives.</param>
internal sealed record OnnxNode(string Operator, string[] Inputs, string[] Outputs);

/// <summary>A value that goes into an ONNX graph or comes out of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rank">How many axes it has, of any length.</param>
/// <param name="Type">Its elements, as onnx.proto3 numbers them.</param>
internal sealed record OnnxValue(string Name, int Rank, ulong Type = OnnxValue.Float)
{
    /// <summary>Numbers of 32 bits.</summary>
    public const ulong Float = 1;

    /// <summary>Whole numbers of 64 bits.</summary>
    public const ulong Int64 = 7;
}

/// <summary>A model of several nodes, written as the bytes of an ONNX file.</summary>
internal static class OnnxGraph
{
    private const int IrVersion = 8;
    private const int OperatorSet = 13;

    /// <summary>The model.</summary>
    public static byte[] Write(OnnxNode[] nodes, OnnxValue[] inputs, OnnxValue[] outputs)
    {
        var graph = new OnnxModel.Message();
        foreach (OnnxNode node in nodes)
        {
            var message = new OnnxModel.Message();
            foreach (string input in node.Inputs)
                message.Text(1, input);
            foreach (string output in node.Outputs)
                message.Text(2, output);
            graph.Nested(1, message.Text(4, node.Operator));
        }

        graph.Text(2, "graph");
        foreach (OnnxValue input in inputs)
            graph.Nested(11, Value(input));
        foreach (OnnxValue output in outputs)
            graph.Nested(12, Value(output));
        return new OnnxModel.Message().Number(1, IrVersion).Nested(7, graph)
            .Nested(8, new OnnxModel.Message().Text(1, "").Number(2, OperatorSet)).ToArray();
    }

    private static OnnxModel.Message Value(OnnxValue value)
    {
        var shape = new OnnxModel.Message();
        for (int axis = 0; axis < value.Rank; axis++)
            shape.Nested(1, new OnnxModel.Message().Text(2, $"{value.Name}{axis}"));
        OnnxModel.Message tensor = new OnnxModel.Message().Number(1, value.Type).Nested(2, shape);
        return new OnnxModel.Message().Text(1, value.Name).Nested(2, new OnnxModel.Message().Nested(1, tensor));
    }
}
