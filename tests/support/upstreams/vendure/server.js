// A headless Vendure: node server.js PORT DATABASE_PORT [products.csv]
// With a file it fills the database with those products and ends; without one it serves.
const {
  bootstrap, ChannelService, DefaultLogger, dummyPaymentHandler, LogLevel, RequestContextService,
} = require('@vendure/core');
const { populate } = require('@vendure/core/cli');

const [port, databasePort, products] = process.argv.slice(2);
const config = {
  apiOptions: {
    hostname: '127.0.0.1', port: Number(port), adminApiPath: 'admin-api', shopApiPath: 'shop-api',
    adminListQueryLimit: 1000,
  },
  authOptions: {
    tokenMethod: ['bearer', 'api-key'],
    superadminCredentials: { identifier: 'superadmin', password: 'superadmin-Expedita-1' },
    requireVerification: false,
  },
  dbConnectionOptions: {
    type: 'postgres', host: '127.0.0.1', port: Number(databasePort), username: 'upstream',
    password: '', database: 'vendure', synchronize: Boolean(products), logging: false,
  },
  paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
  customFields: {
    Order: [{ name: 'nfeKey', type: 'string', nullable: true, length: 44 }],
    Customer: [{ name: 'cpf', type: 'string', nullable: true }],
  },
  logger: new DefaultLogger({ level: LogLevel.Warn }),
  plugins: [],
};
const initial = {
  defaultLanguage: 'en',
  defaultZone: 'Americas',
  countries: [{ name: 'Brasil', code: 'BR', zone: 'Americas' }],
  taxRates: [{ name: 'Standard Tax', percentage: 0 }],
  shippingMethods: [{ name: 'Correios PAC', price: 1990 }],
  paymentMethods: [{
    name: 'Dummy payment',
    handler: {
      code: 'dummy-payment-handler', arguments: [{ name: 'automaticSettle', value: 'false' }],
    },
  }],
  collections: [],
};

async function inReais() {
  const app = await bootstrap(config);
  const ctx = await app.get(RequestContextService).create({ apiType: 'admin' });
  const channels = app.get(ChannelService);
  const channel = await channels.getDefaultChannel(ctx);
  const currency = { availableCurrencyCodes: ['BRL'], defaultCurrencyCode: 'BRL' };
  await channels.update(ctx, { id: channel.id, ...currency, pricesIncludeTax: true });
  return app;
}

async function main() {
  if (products) {
    const app = await populate(inReais, initial, products);
    await app.close();
    process.exit(0);
  }
  await bootstrap(config);
}

main().catch((error) => { console.error(error); process.exit(1); });
