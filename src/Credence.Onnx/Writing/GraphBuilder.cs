using System.Runtime.InteropServices;
using Credence.Onnx.Format;
using Credence.Onnx.Reading;
using Google.Protobuf;
using Type = Credence.Onnx.Format.TensorProto.Types.DataType;

namespace Credence.Onnx.Writing;

/// <summary>Appends nodes of standard operators to a graph, in double precision, in the form that the model's operator version has
/// (opset 8 and later).</summary>
internal sealed class GraphBuilder
{
    private readonly GraphProto graph;
    private readonly HashSet<string> names;
    private readonly long opset;
    private int number;

    /// <summary>Appends to a model's graph.</summary>
    public GraphBuilder(ModelProto model)
    {
        graph = model.Graph;
        opset = HeadFinder.OpsetOf(model);
        names = [.. graph.Input.Select(value => value.Name), .. graph.Initializer.Select(value => value.Name),
            .. graph.Node.SelectMany(node => node.Output)];
    }

    /// <summary>A name that is not in use: the one wished for, or with a number.</summary>
    public string Unused(string wished)
    {
        string name = wished;
        for (int i = 2; !names.Add(name); i++)
            name = $"{wished}_{i}";

        return name;
    }

    /// <summary>Appends a node of one output.</summary>
    /// <returns>The output's name.</returns>
    public string Node(string op, params string[] inputs) => Node(op, [], inputs);

    /// <summary>Appends a node of one output with attributes.</summary>
    public string Node(string op, AttributeProto[] attributes, params string[] inputs)
    {
        string output = Unused($"credence_{number++}");
        var node = new NodeProto { OpType = op, Name = output };
        node.Input.Add(inputs);
        node.Output.Add(output);
        node.Attribute.Add(attributes);
        graph.Node.Add(node);
        return output;
    }

    /// <summary>Gives a value a name, by which others may take it.</summary>
    public void Name(string value, string name)
    {
        var node = new NodeProto { OpType = "Identity", Name = Unused($"credence_{number++}") };
        node.Input.Add(value);
        node.Output.Add(name);
        graph.Node.Add(node);
    }

    /// <summary>A constant.</summary>
    public string Constant(double value) => Constant([value], 1);

    /// <summary>A constant of some shape.</summary>
    public string Constant(double[] values, params long[] shape) => Initial(MemoryMarshal.AsBytes<double>(values).ToArray(), Type.Double,
        shape.Length == 0 ? [values.Length] : shape);

    /// <summary>A constant of whole numbers.</summary>
    public string Constant(long[] values) => Initial(MemoryMarshal.AsBytes<long>(values).ToArray(), Type.Int64, [values.Length]);

    public string Add(string a, string b) => Node("Add", a, b);

    public string Subtract(string a, string b) => Node("Sub", a, b);

    public string Multiply(string a, string b) => Node("Mul", a, b);

    public string Divide(string a, string b) => Node("Div", a, b);

    public string AtLeast(string a, double least) => Node("Max", a, Constant(least));

    public string AtMost(string a, double most) => Node("Min", a, Constant(most));

    /// <summary>1 − a.</summary>
    public string Complement(string a) => Subtract(Constant(1), a);

    /// <summary>a·x + b of numbers.</summary>
    public string Affine(string x, double a, double b) => Add(Multiply(x, Constant(a)), Constant(b));

    /// <summary>The larger of each row, [rows, 1].</summary>
    public string RowMax(string x) => Reduce("ReduceMax", x, 1, opset >= 18);

    /// <summary>The sum of each row, [rows, 1].</summary>
    public string RowSum(string x) => Reduce("ReduceSum", x, 1, opset >= 13);

    /// <summary>The sum over the last of three dimensions.</summary>
    public string LastSum(string x) => Reduce("ReduceSum", x, 2, opset >= 13, keep: 0);

    /// <summary>[rows, K] as [rows, K, 1].</summary>
    public string Deepened(string x) => opset >= 13
        ? Node("Unsqueeze", x, Constant([2L]))
        : Node("Unsqueeze", [Attribute("axes", [2])], x);

    /// <summary>The place of the largest of each row, the first of equals, [rows, 1].</summary>
    public string RowTop(string x) => Node("ArgMax", [Attribute("axis", 1), Attribute("keepdims", 1)], x);

    /// <summary>1 where a place is the row's, else 0.</summary>
    /// <param name="places">[rows, 1], whole numbers.</param>
    /// <param name="classes">K.</param>
    public string Marks(string places, int classes) =>
        Double(Node("Equal", places, Constant([.. Enumerable.Range(0, classes).Select(k => (long)k)])));

    /// <summary>Softmax of each row, which is shifted by its own maximum first.</summary>
    public string Softmax(string x) => Node("Softmax", [Attribute("axis", 1)], Subtract(x, RowMax(x)));

    /// <summary>As double.</summary>
    public string Double(string x) => Cast(x, Type.Double);

    /// <summary>As another type.</summary>
    public string Cast(string x, Type type) => Node("Cast", [Attribute("to", (long)type)], x);

    /// <summary>Columns of a matrix.</summary>
    public string Columns(string x, long[] columns) => Node("Gather", [Attribute("axis", 1)], x, Constant(columns));

    /// <summary>Matrices side by side.</summary>
    public string Beside(params string[] parts) => Node("Concat", [Attribute("axis", 1)], parts);

    /// <summary>[anything] as [rows, columns].</summary>
    public string Shaped(string x, params long[] shape) => Node("Reshape", x, Constant(shape));

    /// <summary>An attribute of a whole number.</summary>
    public static AttributeProto Attribute(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    /// <summary>An attribute of whole numbers.</summary>
    public static AttributeProto Attribute(string name, long[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.Add(values);
        return attribute;
    }

    private string Reduce(string op, string x, long axis, bool takesAxes, long keep = 1) => takesAxes
        ? Node(op, [Attribute("keepdims", keep)], x, Constant([axis]))
        : Node(op, [Attribute("axes", [axis]), Attribute("keepdims", keep)], x);

    private string Initial(byte[] bytes, Type type, long[] shape)
    {
        string name = Unused($"credence_{number++}");
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = UnsafeByteOperations.UnsafeWrap(bytes) };
        tensor.Dims.Add(shape);
        graph.Initializer.Add(tensor);
        return name;
    }
}
