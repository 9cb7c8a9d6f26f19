using Credence.Decisions;

namespace Credence.Cli.Commands.Predict;

/// <summary>Reads a cost matrix: csv, the actions in the first line, then a line a true class with its name and what each action costs.</summary>
internal static class CostFile
{
    private const long MaxBytes = 64 << 20;

    /// <summary>The costs, in the order of a model's classes.</summary>
    /// <exception cref="InvalidDataException">A class is missing or unknown, or a cost is no number.</exception>
    public static CostMatrix Read(string path, IReadOnlyList<string> classes)
    {
        if (new FileInfo(path).Length > MaxBytes)
            throw new InvalidDataException($"'{path}' is larger than the {MaxBytes >> 20} MB a cost matrix may have.");

        string[][] lines = [.. File.ReadLines(path).Where(line => line.Trim().Length > 0).Select(line => line.Split(',', StringSplitOptions.TrimEntries))];
        if (lines.Length < 2)
            throw new InvalidDataException($"'{path}' has {lines.Length} lines; a cost matrix has a line of actions and a line a class.");

        string[] actions = lines[0][1..];
        var costs = new double[classes.Count * actions.Length];
        var seen = new bool[classes.Count];
        for (int line = 1; line < lines.Length; line++)
        {
            int k = classes.ToList().IndexOf(lines[line][0]);
            if (k < 0 || seen[k])
                throw new InvalidDataException($"{path} line {line + 1}: '{lines[line][0]}' is {(k < 0 ? "none of the model's classes" : "there twice")}.");

            if (lines[line].Length != actions.Length + 1)
                throw new InvalidDataException($"{path} line {line + 1} has {lines[line].Length - 1} costs for {actions.Length} actions.");

            seen[k] = true;
            for (int action = 0; action < actions.Length; action++)
            {
                costs[(k * actions.Length) + action] = double.TryParse(lines[line][action + 1], out double cost) && double.IsFinite(cost)
                    ? cost
                    : throw new InvalidDataException($"{path} line {line + 1}: '{lines[line][action + 1]}' is not a cost.");
            }
        }

        return Array.IndexOf(seen, false) is >= 0 and int missing
            ? throw new InvalidDataException($"'{path}' has no line for class '{classes[missing]}'.")
            : new CostMatrix(classes, actions, costs);
    }
}
