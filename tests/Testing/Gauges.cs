using System.Diagnostics.Metrics;

namespace DaprSocial.Testing;

/// <summary>Reads what gauges say now.</summary>
public static class Gauges
{
    /// <summary>The values of a gauge, by the tag that is asked for.</summary>
    /// <param name="meter">Name of the meter.</param>
    /// <param name="gauge">Name of the gauge.</param>
    /// <param name="service">
    /// Value of the tag <c>service</c>, where other tests have gauges of the same name; null for any.
    /// </param>
    /// <param name="tag">The tag whose values are the keys, empty where it is not; values of one key are summed.</param>
    public static IReadOnlyDictionary<string, double> Read(string meter, string gauge, string? service, string tag)
    {
        var values = new Dictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == meter && instrument.Name == gauge)
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => Note(value, tags));
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) => Note(value, tags));
        listener.Start();
        listener.RecordObservableInstruments();
        return values;

        void Note(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var named = new Dictionary<string, object?>([.. tags]);
            if (service is not null && !Equals(named["service"], service))
                return;
            var key = $"{named.GetValueOrDefault(tag)}";
            values[key] = values.GetValueOrDefault(key) + value;
        }
    }
}
