namespace Credence.Files.Records;

/// <summary>What a column is for.</summary>
internal enum ColumnRole
{
    Feature,
    Label,
    Weight,
    Group,
    Split,
    Time,
    LeftOut,
}
