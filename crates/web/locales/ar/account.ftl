## من يجلس في وفدك.

account-kicker = الحساب
account-title = من ينتمي إلى هذا الوفد
account-link = رابط لشخص واحد
account-link-lead = يُفتح مرة واحدة خلال ثلاثة أيام، ولا يُعرض إلا الآن. أرسله بطريقة تثق بها.
account-people = الأشخاص
account-nobody = ليس لأحد من هذا الوفد كلمة مرور هنا بعد.
account-invited-by = بدعوة من { $by }، { $on }
account-invite = أنشئ رابطاً لشخص آخر من هذا الوفد
account-sessions = الجلسات
account-by-link = برابط
account-this-one = (هذه)
account-since = منذ { $on }، { $agent }
account-end = إنهاؤها
account-sign-ins = عمليات الدخول
account-when = متى
account-who = من
account-how = كيف
account-from = من أين
account-way-password = كلمة مرور
account-way-link = رابط
account-way-invitation = دعوة
account-way-code = رمز
