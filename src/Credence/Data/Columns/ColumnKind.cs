namespace Credence.Data.Columns;

/// <summary>What the cells of a column are.</summary>
public enum ColumnKind
{
    /// <summary>A quantity; NaN where missing.</summary>
    Number,

    /// <summary>One of few names.</summary>
    Category,

    /// <summary>Free text, UTF-8.</summary>
    Text,

    /// <summary>A point in time.</summary>
    Date,

    /// <summary>A fixed number of quantities, such as an embedding.</summary>
    Vector,

    /// <summary>A picture of a fixed size.</summary>
    Image,

    /// <summary>Sound, one channel.</summary>
    Audio,
}
