namespace Credence.Files.Records;

/// <summary>The roles of columns.</summary>
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
