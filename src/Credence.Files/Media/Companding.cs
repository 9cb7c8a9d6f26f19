namespace Credence.Files.Media;

/// <summary>Samples of telephones, of eight bits each, as samples of sixteen (ITU-T G.711).</summary>
internal static class Companding
{
    private const int Bias = 0x84;

    /// <summary>A sample in µ-law.</summary>
    public static int MuLaw(byte coded)
    {
        int bits = ~coded & 0xFF, size = ((((bits & 15) << 3) + Bias) << ((bits >> 4) & 7)) - Bias;
        return bits >= 0x80 ? -size : size;
    }

    /// <summary>A sample in A-law.</summary>
    public static int ALaw(byte coded)
    {
        int bits = coded ^ 0x55, segment = (bits >> 4) & 7, step = ((bits & 15) << 4) + 8;
        int size = segment == 0 ? step : (step + 0x100) << (segment - 1);
        return bits >= 0x80 ? size : -size;
    }
}
