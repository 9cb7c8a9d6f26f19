namespace Credence.Files.Records;

/// <summary>The order of day, month and year in a date of numbers.</summary>
internal enum DateOrder
{
    /// <summary>Day, month, year: 31/12/2024.</summary>
    Dmy,

    /// <summary>Month, day, year: 12/31/2024.</summary>
    Mdy,

    /// <summary>Year, month, day, with a year of two digits: 24/12/31.</summary>
    Ymd,
}
