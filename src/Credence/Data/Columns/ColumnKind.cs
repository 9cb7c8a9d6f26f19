namespace Credence.Data.Columns;

/// <summary>The kind of a column's cells.</summary>
public enum ColumnKind
{
    /// <summary>A number; NaN where missing.</summary>
    Number,

    /// <summary>A category: one of few names.</summary>
    Category,

    /// <summary>Free text, UTF-8.</summary>
    Text,

    /// <summary>A point in time.</summary>
    Date,

    /// <summary>A fixed number of numbers, such as an embedding.</summary>
    Vector,

    /// <summary>An image of a fixed size.</summary>
    Image,

    /// <summary>Mono audio.</summary>
    Audio,
}
