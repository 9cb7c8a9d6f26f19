namespace Credence.Data;

/// <summary>Labels that are written differently and are equal as values: <c>0</c> and <c>0.0</c>, <c>True</c> and <c>true</c>. A code such
/// as <c>007</c> is no number and equals itself alone.</summary>
public static class LabelValue
{
    /// <summary>The one way in which the value is written here.</summary>
    /// <param name="label">The label.</param>
    public static string Of(ReadOnlySpan<char> label)
    {
        if (label.Equals("true", StringComparison.OrdinalIgnoreCase))
            return "true";

        if (label.Equals("false", StringComparison.OrdinalIgnoreCase))
            return "false";

        ReadOnlySpan<char> digits = label.TrimStart("+-");
        if (digits.Length == 0 || label.Length - digits.Length > 1 || !char.IsAsciiDigit(digits[0]))
            return label.ToString();

        int point = digits.IndexOf('.');
        ReadOnlySpan<char> whole = point < 0 ? digits : digits[..point], part = point < 0 ? [] : digits[(point + 1)..];
        if (whole.ContainsAnyExceptInRange('0', '9') || part.ContainsAnyExceptInRange('0', '9') || (whole.Length > 1 && whole[0] == '0'))
            return label.ToString();

        part = part.TrimEnd('0');
        string value = part.IsEmpty ? whole.ToString() : $"{whole}.{part}";
        return label[0] == '-' && value != "0" ? "-" + value : value;
    }
}
