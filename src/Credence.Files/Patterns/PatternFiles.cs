using Credence.Data;
using Credence.Files.Inputs;
using Credence.Files.Records;

namespace Credence.Files.Patterns;

/// <summary>Decides whether a pattern applies to the files' names or to their lines.</summary>
internal static class PatternFiles
{
    /// <summary>The files with their labels, and options that name the columns these are in.</summary>
    /// <remarks>A pattern applies to the names of several files where they give more than one label, then to the lines where the first of
    /// them all have
    /// a label, then to the names.</remarks>
    /// <exception cref="InvalidDataException">The pattern matches neither.</exception>
    public static (IRecordFile[] Files, ReadOptions Options) Of(
        InputFile[] inputs, ReadOptions options, LabelPattern pattern, Func<InputFile, ReadOptions, IRecordFile> open)
    {
        var matches = new LabelMatch[inputs.Length];
        bool areNamed = true;
        for (int i = 0; i < inputs.Length; i++)
        {
            string name = Path.GetFileName(inputs[i].Name);
            areNamed &= pattern.TryMatch(name, new RowPlace(inputs[i].Name, 0), out matches[i]);
        }

        bool differ = areNamed && matches.Select(match => match.Label).Distinct(StringComparer.Ordinal).Count() > 1;
        PatternFile[] lines = [.. inputs.Select(input => new PatternFile(input, options, pattern))];
        if (!differ && lines.All(file => file.FitsHead()))
        {
            string? group = pattern.HasGroup ? "group" : options.Group;
            return (lines, options with { Label = "label", Group = group, LabelPattern = null });
        }

        if (!areNamed)
        {
            throw new InvalidDataException(
                $"{ReadOptionNames.LabelPattern} '{options.LabelPattern}' finds a label neither in the name of each file " +
                $"nor in each of the first lines of {inputs[0].Name}.");
        }

        ReadOptions unlabelled = options with { LabelPattern = null };
        NamedFile[] named = [.. inputs.Select((input, i) => new NamedFile(open(input, unlabelled), matches[i], pattern.HasGroup))];
        return (named, unlabelled with { Label = NamedFile.LabelColumn, Group = pattern.HasGroup ? NamedFile.GroupColumn : options.Group });
    }
}
