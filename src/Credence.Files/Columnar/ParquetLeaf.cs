namespace Credence.Files.Columnar;

/// <summary>A column as it is stored: an element of the schema with a physical type, and the groups around it.</summary>
/// <param name="Index">Its position among the columns of each row group.</param>
/// <param name="Name">Its path with points, without the groups that only make a list.</param>
/// <param name="Element">Its type.</param>
/// <param name="MaxDefinition">The definition level of a value that is there.</param>
/// <param name="MaxRepetition">How many lists it is in.</param>
/// <param name="ListDefinition">The definition level from which the innermost list has an entry.</param>
/// <param name="Opaque">What it is a part of that is no column of a table, a map or a variant; null where it is a column.</param>
internal sealed record ParquetLeaf(
    int Index, string Name, ParquetElement Element, int MaxDefinition, int MaxRepetition, int ListDefinition, string? Opaque)
{
    private const int MaxDepth = 64;

    /// <summary>The columns of a schema, in order.</summary>
    /// <exception cref="InvalidDataException">Its elements don't form a tree.</exception>
    public static IReadOnlyList<ParquetLeaf> Of(IReadOnlyList<ParquetElement> schema)
    {
        var leaves = new List<ParquetLeaf>();
        int at = 1;
        if (schema.Count > 0)
            Children(schema[0], new Within("", 0, 0, 0, null, 0), isList: false);

        return at == schema.Count ? leaves : throw new InvalidDataException("its columns don't form a tree");

        void Children(ParquetElement parent, Within around, bool isList)
        {
            if (around.Depth > MaxDepth)
                throw new InvalidDataException($"its columns are more than {MaxDepth} groups deep");

            for (long i = 0; i < parent.Children; i++)
            {
                if (at >= schema.Count)
                    throw new InvalidDataException("its columns don't form a tree");

                ParquetElement element = schema[at++];
                bool isRepeated = element.Repetition == 2;

                // A list is a group of a repeated group of one element; some writers leave one of the groups out.
                bool isWrapper = (isList && isRepeated) || (parent.Repetition == 2 && parent.Children == 1 && around.IsListPart);
                int definition = around.Definition + (element.Repetition == 0 ? 0 : 1);
                var here = new Within(
                    isWrapper ? around.Name : around.Name.Length == 0 ? element.Name : $"{around.Name}.{element.Name}",
                    definition,
                    around.Repetition + (isRepeated ? 1 : 0),
                    isRepeated ? definition : around.ListDefinition,
                    around.Opaque ?? element.Opaque,
                    around.Depth + 1)
                {
                    IsListPart = isList && isRepeated,
                };
                if (element.Type < 0)
                    Children(element, here, element.IsList);
                else
                    leaves.Add(new ParquetLeaf(leaves.Count, here.Name, element, definition, here.Repetition, here.ListDefinition,
                        here.Opaque));
            }
        }
    }

    /// <summary>What is around an element.</summary>
    private sealed record Within(string Name, int Definition, int Repetition, int ListDefinition, string? Opaque, int Depth)
    {
        public bool IsListPart { get; init; }
    }
}
