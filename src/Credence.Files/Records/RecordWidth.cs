using Credence.Files.Inputs;

namespace Credence.Files.Records;

/// <summary>Checks that a row has as many cells as there are columns.</summary>
internal static class RecordWidth
{
    /// <summary>Checks the current record of a file whose rows must all have the same width.</summary>
    /// <exception cref="InvalidDataException">The width differs.</exception>
    public static void Check(IRecordFile file, IRecords records)
    {
        if (records.Fields == file.Names.Count || !file.IsRectangular)
            return;

        // An additional empty cell at the end comes from a trailing separator.
        if (records.Fields == file.Names.Count + 1 && records.Text(records.Fields - 1).IsEmpty)
            return;

        throw new InvalidDataException(
            $"{file.Input.Name} line {records.Line} has {records.Fields} cells; {file.Names.Count} are needed{(file.IsNamed ? ", as in "
                + $"the header" : "")}. " +
            $"Is the separator right ({ReadOptionNames.Separator}, {ReadOptionNames.Quote}, {ReadOptionNames.Columns})?");
    }
}
