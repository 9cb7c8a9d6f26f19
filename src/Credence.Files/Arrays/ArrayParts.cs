namespace Credence.Files.Arrays;

/// <summary>Archives with an array for each part of the rows, as Keras (<c>x_train</c>, <c>y_test</c>) and MedMNIST
/// (<c>train_images</c>, <c>test_labels</c>) write them: the parts joined, and the part of each row.</summary>
internal static class ArrayParts
{
    /// <summary>The name of the array of parts.</summary>
    public const string Split = "split";

    // Their order, and the name that a split column has for them.
    private static readonly (string Name, string Part)[] Parts =
        [("train", "train"), ("val", "valid"), ("valid", "valid"), ("validation", "valid"), ("test", "test")];

    private static readonly string[] Features = ["x", "images", "image", "data", "features"], Labels = ["y", "labels", "label", "targets"];

    /// <summary>The joined arrays: features, labels, <see cref="Split"/>; null where the names are not those of parts.</summary>
    /// <param name="arrays">All arrays of a file.</param>
    /// <param name="file">The file's name.</param>
    /// <exception cref="InvalidDataException">A part has other numbers of rows, shapes or types.</exception>
    public static IReadOnlyList<ArrayValues>? Joined(IReadOnlyList<ArrayValues> arrays, string file)
    {
        var found = arrays.Select(array => (Array: array, Name: Of(array.Name))).Where(one => one.Name is not null).ToArray();
        if (found.Length < arrays.Count)
            return null;

        string[] parts = [.. Parts.Select(part => part.Name).Where(part => Named(part, Features) is not null)];
        if (parts.Length == 0 || parts[0] != "train" || Named("train", Labels) is null)
            return null;

        string[] labelled = [.. parts.Where(part => Named(part, Labels) is not null)];
        ArrayValues[] features = [.. labelled.Select(part => Named(part, Features)!)],
            labels = [.. labelled.Select(part => Named(part, Labels)!)];
        for (int i = 0; i < features.Length; i++)
        {
            if (features[i].Rows != labels[i].Rows)
                throw new InvalidDataException($"{file}: array '{features[i].Name}' has {features[i].Rows:N0} rows, array "
                    + $"'{labels[i].Name}' {labels[i].Rows:N0}; they must be as many.");
        }

        string[] split = [.. labelled.SelectMany((part, i) =>
            Enumerable.Repeat(Parts.First(known => known.Name == part).Part, features[i].Rows))];
        return
        [
            Concatenated(Of(features[0].Name)!.Value.Role, features, file), Concatenated(Of(labels[0].Name)!.Value.Role, labels, file),
            new ArrayValues(Split, [split.Length], split),
        ];

        ArrayValues? Named(string part, string[] roles) =>
            Array.Find(found, one => one.Name!.Value.Part == part && roles.Contains(one.Name!.Value.Role)).Array;
    }

    private static (string Role, string Part)? Of(string name)
    {
        string[] words = name.Split('_');
        if (words.Length != 2)
            return null;

        (string role, string part) = Parts.Any(known => known.Name == words[0]) ? (words[1], words[0]) : (words[0], words[1]);
        return Parts.Any(known => known.Name == part) && (Features.Contains(role) || Labels.Contains(role)) ? (role, part) : null;
    }

    private static ArrayValues Concatenated(string name, ArrayValues[] parts, string file)
    {
        ArrayValues first = parts[0];
        if (Array.Find(parts, part => !part.Shape.Skip(1).SequenceEqual(first.Shape.Skip(1))
            || part.Values.GetType() != first.Values.GetType()) is { } odd)
            throw new InvalidDataException($"{file}: array '{odd.Name}' of shape {odd.ShapeText} is not of the shape and type of array "
                + $"'{first.Name}' of {first.ShapeText}.");

        long length = parts.Sum(part => part.Values.LongLength);
        if (length > Array.MaxLength)
            throw new InvalidDataException($"{file}: the arrays '{first.Name}' and its kin have {length:N0} values, above the limit of "
                + $"{Array.MaxLength:N0}.");

        var values = Array.CreateInstance(first.Values.GetType().GetElementType()!, (int)length);
        int at = 0;
        foreach (ArrayValues part in parts)
        {
            Array.Copy(part.Values, 0, values, at, part.Values.Length);
            at += part.Values.Length;
        }

        return new ArrayValues(name, [parts.Sum(part => part.Rows), .. first.Shape.Skip(1)], values);
    }
}
