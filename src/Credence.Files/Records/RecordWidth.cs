using Credence.Files.Inputs;

namespace Credence.Files.Records;

/// <summary>Refuses a row with more or fewer cells than there are columns.</summary>
internal static class RecordWidth
{
    /// <summary>Checks the current record of a file whose rows must all be as wide.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public static void Check(IRecordFile file, IRecords records)
    {
        if (records.Fields == file.Names.Count || !file.IsRectangular)
            return;

        // An empty cell more at the end comes from a separator that ends every line.
        if (records.Fields == file.Names.Count + 1 && records.Text(records.Fields - 1).IsEmpty)
            return;

        throw new InvalidDataException(
            $"{file.Input.Name} line {records.Line} has {records.Fields} cells, needs {file.Names.Count}{(file.IsNamed ? " as the line of names" : "")}. " +
            $"Is the separator right ({ReadOptionNames.Separator}, {ReadOptionNames.Quote}, {ReadOptionNames.Columns})?");
    }
}
