using Credence.Onnx.Format;
using Google.Protobuf;
using Type = Credence.Onnx.Format.TensorProto.Types.DataType;

namespace Credence.Onnx.Tests.Support;

/// <summary>Small graphs made by hand.</summary>
internal static class Graphs
{
    /// <summary>A model of one input "x", float [rows, width], and what the nodes make of it.</summary>
    public static ModelProto Model(long opset, int width, NodeProto[] nodes, params ValueInfoProto[] outputs)
    {
        var model = new ModelProto { IrVersion = opset < 9 ? 3 : 7, Graph = new GraphProto { Name = "graph" } };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = opset });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "ai.onnx.ml", Version = 1 });
        model.Graph.Input.Add(Value("x", Type.Float, null, width));
        model.Graph.Node.Add(nodes);
        model.Graph.Output.Add(outputs);
        return model;
    }

    /// <summary>A model whose output is its input: the logits are the rows themselves.</summary>
    public static ModelProto Same(long opset, int width) =>
        Model(opset, width, [Node("Identity", ["x"], ["y"])], Value("y", Type.Float, null, width));

    /// <summary>A node.</summary>
    public static NodeProto Node(string op, string[] inputs, string[] outputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = op, Name = outputs[0] + "_node" };
        node.Input.Add(inputs);
        node.Output.Add(outputs);
        node.Attribute.Add(attributes);
        return node;
    }

    /// <summary>A node of classical models.</summary>
    public static NodeProto Classical(string op, string[] inputs, string[] outputs, params AttributeProto[] attributes)
    {
        NodeProto node = Node(op, inputs, outputs, attributes);
        node.Domain = "ai.onnx.ml";
        return node;
    }

    /// <summary>A tensor's name, type and shape; null is an open dimension.</summary>
    public static ValueInfoProto Value(string name, Type type, params int?[] shape)
    {
        var dimensions = new TensorShapeProto();
        foreach (int? length in shape)
            dimensions.Dim.Add(length is { } known ? new TensorShapeProto.Types.Dimension { DimValue = known }
                : new TensorShapeProto.Types.Dimension { DimParam = "rows" });

        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = dimensions } },
        };
    }

    /// <summary>An initial tensor.</summary>
    public static TensorProto Tensor(string name, float[] values, params long[] shape)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)Type.Float };
        tensor.FloatData.Add(values);
        tensor.Dims.Add(shape);
        return tensor;
    }

    public static AttributeProto Whole(string name, params long[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.Add(values);
        return attribute;
    }

    public static AttributeProto Floats(string name, params float[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Floats };
        attribute.Floats.Add(values);
        return attribute;
    }

    public static AttributeProto Texts(string name, params string[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Strings };
        attribute.Strings.Add(values.Select(ByteString.CopyFromUtf8));
        return attribute;
    }

    public static AttributeProto Text(string name, string value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    public static AttributeProto One(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };
}
