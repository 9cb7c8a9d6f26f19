namespace Credence.Files.Columnar;

/// <summary>What the values of a column of a Parquet file are.</summary>
internal enum ParquetKind
{
    /// <summary>True or false.</summary>
    Truth,

    /// <summary>Whole numbers of up to 32 bits, floats and doubles.</summary>
    Number,

    /// <summary>Whole numbers of 64 bits, which may be codes: their digits are exact.</summary>
    Long,

    /// <summary>Whole numbers of 64 bits without a sign.</summary>
    UnsignedLong,

    /// <summary>16-bit floats.</summary>
    Half,

    /// <summary>Exact decimal numbers.</summary>
    Decimal,

    /// <summary>Days since 1970.</summary>
    Date,

    /// <summary>Times of the day.</summary>
    Time,

    /// <summary>Moments since 1970.</summary>
    Moment,

    /// <summary>Moments as nanoseconds of a Julian day, as Impala and Spark write them.</summary>
    OldMoment,

    /// <summary>Texts in UTF-8.</summary>
    Text,

    /// <summary>Universally unique identifiers.</summary>
    Uuid,

    /// <summary>Bytes that no type describes: texts where they are valid, or pictures.</summary>
    Bytes,

    /// <summary>What can't be read as a column.</summary>
    Other,
}
