export declare const floors: readonly (readonly string[])[];
export declare const reasons: Readonly<Record<'floors' | 'phone' | 'phoneFormat' | 'editor' | 'disk' | 'wire' | 'appium' | 'browser', string>>;
export declare const borders: { files: string[]; rules: Record<string, unknown> }[];
