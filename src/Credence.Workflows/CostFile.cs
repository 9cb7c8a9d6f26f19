using System.Globalization;
using Credence.Decisions;

namespace Credence.Workflows;

/// <summary>Reads a cost matrix: csv, the actions in the first line, then one line per true class with its name and the cost of each
/// action.</summary>
public static class CostFile
{
    private const long MaxBytes = 64 << 20;

    /// <summary>The costs, in the order of a model's classes.</summary>
    /// <exception cref="InvalidDataException">As for <see cref="Read(string)"/>, or a class is missing or unknown.</exception>
    public static CostMatrix Read(string path, IReadOnlyList<string> classes)
    {
        try
        {
            return Read(path).InOrder(classes);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"'{path}': {error.Message.Replace($" (Parameter '{error.ParamName}')", "",
                StringComparison.Ordinal)}", error);
        }
    }

    /// <summary>The costs, in the order of the file's lines.</summary>
    /// <exception cref="InvalidDataException">A class is listed twice, or a cost is not a number.</exception>
    public static CostMatrix Read(string path)
    {
        if (new FileInfo(path).Length > MaxBytes)
            throw new InvalidDataException($"'{path}' is larger than the {MaxBytes >> 20} MB a cost matrix may have.");

        string[][] lines = [.. File.ReadLines(path).Where(line => line.Trim().Length > 0)
            .Select(line => line.Split(',', StringSplitOptions.TrimEntries))];
        if (lines.Length < 2)
            throw new InvalidDataException(
                $"'{path}' has {lines.Length} lines; a cost matrix has a line of actions and one line per class.");

        string[] actions = lines[0][1..], classes = [.. lines[1..].Select(line => line[0])];
        var costs = new double[classes.Length * actions.Length];
        for (int k = 0; k < classes.Length; k++)
        {
            string[] cells = lines[k + 1];
            if (Array.IndexOf(classes, classes[k]) < k)
                throw new InvalidDataException($"{path} line {k + 2}: class '{classes[k]}' is listed twice.");

            if (cells.Length != actions.Length + 1)
                throw new InvalidDataException(
                    $"{path} line {k + 2} has {cells.Length - 1} costs for {actions.Length} actions; give one each.");

            for (int action = 0; action < actions.Length; action++)
            {
                bool isNumber = double.TryParse(cells[action + 1], CultureInfo.InvariantCulture, out double cost);
                costs[(k * actions.Length) + action] = isNumber && double.IsFinite(cost)
                    ? cost
                    : throw new InvalidDataException($"{path} line {k + 2}: '{cells[action + 1]}' is not a finite number.");
            }
        }

        try
        {
            return new CostMatrix(classes, actions, costs);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"'{path}': {error.Message}", error);
        }
    }
}
