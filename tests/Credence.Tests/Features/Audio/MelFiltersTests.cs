using System.Text.Json;
using Credence.Features.Audio;
using Credence.Persistence;
using Credence.Tests.Support;

namespace Credence.Tests.Features.Audio;

/// <summary>Against NumPy: tools/golden/sound_features.py.</summary>
public class MelFiltersTests
{
    [Theory]
    [InlineData(5, 64, 1000)]
    [InlineData(8, 128, 8000)]
    [InlineData(6, 256, 16000)]
    public void CentresAndBands_AreThoseOfTheFormula(int bands, int size, int rate)
    {
        JsonElement known = KnownFeatures.Part("sounds.json", $"filters {bands} {size} {rate}");
        var filters = new MelFilters(bands, size, rate);
        var logarithms = new double[bands];

        filters.Apply(known.GetProperty("power").Numbers(), logarithms);

        KnownFeatures.Close(known.GetProperty("centres").Numbers(), filters.Centres, 1e-12);
        KnownFeatures.Close(known.GetProperty("logarithms").Numbers(), logarithms, 1e-10);
    }
}
