using System.Globalization;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Onnx.Format;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Type = Credence.Onnx.Format.TensorProto.Types.DataType;

namespace Credence.Onnx.Running;

/// <summary>Rows of a table as a model's inputs.</summary>
internal sealed class InputRows
{
    private readonly Input[] inputs;

    private InputRows(Input[] inputs, int rows, int? batch)
    {
        this.inputs = inputs;
        Rows = rows;
        Batch = batch;
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of rows that the model takes at once; null for any.</summary>
    public int? Batch { get; }

    /// <summary>Matches a table's columns with a model's inputs: by name; the only input takes the only column of vectors, or all columns
    /// of numbers side by side.</summary>
    /// <param name="model">A checked model.</param>
    /// <param name="table">The rows.</param>
    /// <param name="name">The data's name, for messages.</param>
    /// <exception cref="InvalidDataException">An input has no column, or one of another type or length.</exception>
    public static InputRows Of(ModelProto model, Table table, string name)
    {
        HashSet<string> initial = [.. model.Graph.Initializer.Select(tensor => tensor.Name)];
        ValueInfoProto[] needed = [.. model.Graph.Input.Where(input => !initial.Contains(input.Name))];
        if (needed.Length == 0)
            throw new InvalidDataException("The model has no inputs.");

        Input[] inputs = [.. needed.Select(value => Of(value, table, needed.Length == 1, name))];
        int?[] batches = [.. inputs.Select(input => input.Batch).Where(batch => batch is not null).Distinct()];
        return batches.Length <= 1 ? new InputRows(inputs, table.Rows, batches.FirstOrDefault())
            : throw new InvalidDataException("The model's inputs have different first dimensions; each must be the rows.");
    }

    /// <summary>Some rows; the last is repeated until there are as many as given.</summary>
    public IReadOnlyCollection<NamedOnnxValue> Take(int first, int rows, int given) =>
        [.. inputs.Select(input => input.Take(first, rows, given))];

    private static Input Of(ValueInfoProto value, Table table, bool isOnly, string name)
    {
        if (value.Type?.TensorType is not { } type || type.Shape is { Dim.Count: 0 })
            throw new InvalidDataException($"The model's input '{value.Name}' is no tensor of rows.");

        int?[] shape = [.. (type.Shape?.Dim ?? [])
            .Select(length => length.HasDimValue && length.DimValue > 0 ? (int?)length.DimValue : null)];
        IColumn[] numbers = [.. table.Columns.Where(column => column.Kind is not (ColumnKind.Text or ColumnKind.Audio))];
        IColumn[] own = table.Find(value.Name) is { } column ? [column]
            : isOnly && table.Columns.Count(one => one is VectorColumn or ImageColumn) == 1
                ? [table.Columns.First(one => one is VectorColumn or ImageColumn)]
            : isOnly && table.Columns.Count == 1 ? [.. table.Columns]
            : isOnly && !table.Columns.Any(one => one is VectorColumn or ImageColumn) ? numbers
            : throw new InvalidDataException(
                $"{name} has no column or array '{value.Name}', which the model's input needs. "
                + $"It has {string.Join(", ", table.Columns.Take(20).Select(one => $"'{one.Name}'"))}.");
        return new Input(value.Name, (Type)type.ElemType, shape, own, name);
    }

    private sealed class Input
    {
        private readonly string name;
        private readonly Type type;
        private readonly int?[] shape;
        private readonly IColumn[] columns;
        private readonly int[] tail;

        public Input(string name, Type type, int?[] shape, IColumn[] columns, string data)
        {
            (this.name, this.type, this.shape, this.columns) = (name, type, shape, columns);
            int width = columns.Sum(column => column.Shape.Aggregate(1, (product, length) => product * length));
            tail = Tail(width, data);
            if (columns.Any(column => column is ImageColumn) && type != Type.Uint8)
                throw new InvalidDataException(
                    $"{data} holds pictures as bytes, and the model's input '{name}' is of {type}: how they are prepared (order of "
                        + "channels, "
                    + "mean, scale) is not known, and a wrong guess is silent. Save them prepared, as an array of floats.");

            if (columns.FirstOrDefault(column => column is TextColumn or AudioColumn) is { } other && type != Type.String)
                throw new InvalidDataException(
                    $"{data}: column '{other.Name}' is of kind {other.Kind.ToString().ToLowerInvariant()}, "
                        + $"and the model's input '{name}' is of "
                    + $"{type}. Save it prepared, as an array of numbers.");

            if (type is not
            (Type.Float or Type.Double or Type.Int64 or Type.Int32 or Type.Bool or Type.Uint8 or Type.String or Type.Float16))
                throw new InvalidDataException($"The model's input '{name}' is of {type}, which is not read.");
        }

        public int? Batch => shape.Length > 0 ? shape[0] : null;

        public NamedOnnxValue Take(int first, int rows, int given)
        {
            int[] all = [given, .. tail];
            if (type == Type.String)
            {
                string[] texts = [.. Enumerable.Range(0, given).SelectMany(row => Texts(first + Math.Min(row, rows - 1)))];
                return NamedOnnxValue.CreateFromTensor(name, new DenseTensor<string>(texts, all));
            }

            var values = new List<double>();
            for (int row = 0; row < given; row++)
            {
                foreach (IColumn column in columns)
                    AddTo(values, column, first + Math.Min(row, rows - 1));
            }

            return type switch
            {
                Type.Float => Value(values, all, value => (float)value),
                Type.Double => Value(values, all, value => value),
                Type.Int64 => Value(values, all, value => (long)value),
                Type.Int32 => Value(values, all, value => (int)value),
                Type.Uint8 => Value(values, all, value => (byte)value),
                Type.Float16 => Value(values, all, value => (Float16)(float)value),
                _ => Value(values, all, value => value != 0),
            };
        }

        private NamedOnnxValue Value<T>(List<double> values, int[] all, Func<double, T> convert) =>
            NamedOnnxValue.CreateFromTensor(name, new DenseTensor<T>(values.Select(convert).ToArray(), all));

        /// <summary>The dimensions after the rows, of which the model may leave one open.</summary>
        private int[] Tail(int width, string data)
        {
            int?[] after = shape.Length == 0 ? [null] : shape[1..];
            long known = after.Aggregate(1L, (product, length) => product * (length ?? 1));
            int open = after.Count(length => length is null);
            bool fits = open == 0 ? known == width : open == 1 && width % known == 0;
            if (!fits)
            {
                throw new InvalidDataException(
                    $"The model's input '{name}' has the shape "
                + $"[{string.Join(", ", shape.Select(length => length?.ToString(CultureInfo.InvariantCulture) ?? "?"))}], "
                    + $"and {data} has {width:N0} numbers a row"
                    + (columns.Length > 1 ? $", in {columns.Length} columns" : $" in '{columns[0].Name}'") + ".");
            }

            return [.. after.Select(length => length ?? (int)(width / known))];
        }

        private IEnumerable<string> Texts(int row) => columns.Select(column => column switch
        {
            TextColumn texts => texts[row] ?? "",
            CategoryColumn categories => categories[row] ?? "",
            _ => column.Describe(row),
        });

        private void AddTo(List<double> values, IColumn column, int row)
        {
            switch (column)
            {
                case NumberColumn numbers:
                    values.Add(numbers.Values[row]);
                    break;
                case VectorColumn vectors:
                    foreach (float value in vectors.Row(row))
                        values.Add(value);
                    break;
                case ImageColumn images:
                    foreach (byte value in images.Row(row))
                        values.Add(value);
                    break;
                default:
                    throw new InvalidDataException(
                        $"Column '{column.Name}' is of kind {column.Kind}; the model's input '{name}' takes numbers.");
            }
        }
    }
}
